from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_boundary")]

    operations = [
        migrations.AlterModelOptions(name="succession", options={"ordering": ("effective_on", "pk")}),
        migrations.AddField(
            model_name="succession",
            name="effective_on",
            # Nothing could write a succession before this migration: the default meets no row.
            field=models.DateField(db_index=True, default="2026-01-01", editable=False),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="succession",
            name="kind",
            field=models.CharField(
                choices=[
                    ("merger", "Merger"),
                    ("absorbed", "Joined to an existing organisation"),
                    ("split", "Split"),
                    ("new_key", "New official key"),
                    ("renamed", "Renamed"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
