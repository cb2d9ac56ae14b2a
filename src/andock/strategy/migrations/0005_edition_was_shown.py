from django.db import migrations, models


def mark_what_is_public(apps, schema_editor):
    """What readers see now they can have cited. What went back to draft before this release is not known."""
    apps.get_model("strategy", "Edition").objects.exclude(state="draft").update(was_shown=True)


class Migration(migrations.Migration):
    dependencies = [
        ("strategy", "0004_taken_over"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="was_shown",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_what_is_public, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("was_shown", True), _connector="OR"),
                name="edition_public_was_shown",
            ),
        ),
    ]
