import andock.ideas.models
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('knowledge', '0003_findings_of_transfers'),
        ('organisations', '0005_terms'),
        ('participation', '0001_processes_people_contributions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='idea', serialize=False, to='participation.contribution')),
                ('status', models.CharField(choices=[('new', 'New'), ('checking', 'Being checked'), ('in_work', 'In work'), ('done', 'Done'), ('not_possible', 'Not possible')], default='new', max_length=12, verbose_name='status')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place in words')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('photo', models.ImageField(blank=True, upload_to=andock.ideas.models.photo_path, verbose_name='photo')),
                ('photo_alt', models.CharField(blank=True, max_length=300, verbose_name='what the photo shows')),
                ('proposed_at', models.DateTimeField(editable=False, null=True)),
                ('merged_at', models.DateTimeField(editable=False, null=True)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='ideas.idea')),
                ('proposed_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='ideas.idea')),
                ('solutions', models.ManyToManyField(blank=True, related_name='ideas', to='knowledge.solution', verbose_name='solutions')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.term')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['new', 'checking', 'in_work', 'done', 'not_possible'])), name='idea_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__range', (-180, 180)), models.Q(('latitude', 0), ('longitude', 0), _negated=True)), _connector='OR'), name='idea_place_whole_or_none'), models.CheckConstraint(condition=models.Q(models.Q(('merged_at', None), ('merged_into', None)), models.Q(('merged_at__isnull', False), ('merged_into__isnull', False)), _connector='OR'), name='idea_merged_at_a_time'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('contribution')), _negated=True), _connector='OR'), name='idea_not_into_itself'), models.CheckConstraint(condition=models.Q(('photo', ''), models.Q(('photo_alt', ''), _negated=True), _connector='OR'), name='idea_photo_has_words')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='remark', serialize=False, to='participation.contribution')),
                ('stand', models.CharField(choices=[('pro', 'For it'), ('contra', 'Against it'), ('question', 'Question')], max_length=10, verbose_name='for or against')),
                ('answers_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='ideas.remark')),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='ideas.idea')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('stand__in', ['pro', 'contra', 'question'])), name='remark_stand_known'), models.CheckConstraint(condition=models.Q(('answers_to', None), models.Q(('answers_to', models.F('contribution')), _negated=True), _connector='OR'), name='remark_not_to_itself')],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('supported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='ideas.idea')),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participation.participant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('idea', 'participant'), name='support_once_per_person')],
            },
        ),
    ]
