from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                ("scope", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("stamp", models.BigIntegerField()),
            ],
        ),
    ]
