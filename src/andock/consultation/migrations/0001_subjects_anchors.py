import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('local_strategies', '0002_offer'),
        ('participation', '0001_processes_people_contributions'),
        ('strategy', '0006_period_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='anchor', serialize=False, to='participation.contribution')),
                ('identity', models.UUIDField(verbose_name='element')),
                ('block', models.UUIDField(verbose_name='paragraph')),
                ('block_kind', models.CharField(choices=[('paragraph', 'Paragraph'), ('list', 'List'), ('quote', 'Quotation'), ('table', 'Table')], max_length=20)),
                ('wording', models.TextField(verbose_name='the wording it referred to')),
                ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.edition')),
                ('element', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.element')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='local_strategies.version')),
            ],
            options={
                'indexes': [models.Index(fields=['edition', 'identity', 'block'], name='anchor_in_edition'), models.Index(fields=['version', 'identity', 'block'], name='anchor_in_version')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('edition__isnull', False), ('version', None)), models.Q(('edition', None), ('version__isnull', False)), _connector='OR'), name='anchor_in_one_text'), models.CheckConstraint(condition=models.Q(('block_kind__in', ['paragraph', 'list', 'quote', 'table'])), name='anchor_block_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='strategy.edition')),
                ('phase', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='participation.phase')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='local_strategies.version')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('edition__isnull', False), ('version', None)), models.Q(('edition', None), ('version__isnull', False)), _connector='OR'), name='subject_is_one_text')],
            },
        ),
    ]
