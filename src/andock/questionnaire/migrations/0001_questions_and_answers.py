import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('participation', '0001_processes_people_contributions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('introduction', models.TextField(blank=True, verbose_name='what people should know before they answer')),
                ('thanks', models.TextField(blank=True, verbose_name='thanks')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('phase', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='participation.phase')),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('single', 'One answer of several'), ('several', 'Several answers'), ('scale', 'A number on a scale'), ('ranking', 'Put in order'), ('text', 'Own words'), ('place', 'A place'), ('matrix', 'One answer in each row')], max_length=10, verbose_name='kind of answer')),
                ('label', models.CharField(max_length=300, verbose_name='question')),
                ('help', models.CharField(blank=True, max_length=500, verbose_name='hint')),
                ('options', models.JSONField(blank=True, default=list, verbose_name='answers to choose from')),
                ('rows', models.JSONField(blank=True, default=list, verbose_name='rows')),
                ('low', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='scale begins with')),
                ('high', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='scale ends with')),
                ('low_label', models.CharField(blank=True, max_length=80, verbose_name='what the lowest number means')),
                ('high_label', models.CharField(blank=True, max_length=80, verbose_name='what the highest number means')),
                ('is_required', models.BooleanField(default=False, verbose_name='must be answered')),
                ('shown_if_option', models.CharField(blank=True, max_length=20)),
                ('shown_if', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='leads_to', to='questionnaire.question')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='questionnaire.questionnaire')),
            ],
            options={
                'ordering': ('position', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['single', 'several', 'scale', 'ranking', 'text', 'place', 'matrix'])), name='question_kind_known'), models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='question_asks_something'), models.CheckConstraint(condition=models.Q(models.Q(('high__isnull', False), ('high__lte', 10), ('kind', 'scale'), ('low__isnull', False), ('low__lt', models.F('high'))), models.Q(models.Q(('kind', 'scale'), _negated=True), ('high', None), ('low', None)), _connector='OR'), name='question_scale_has_bounds'), models.CheckConstraint(condition=models.Q(models.Q(('shown_if', None), ('shown_if_option', '')), models.Q(('shown_if__isnull', False), models.Q(('shown_if_option', ''), _negated=True)), _connector='OR'), name='question_shown_if_whole'), models.CheckConstraint(condition=models.Q(('shown_if', None), models.Q(('shown_if', models.F('id')), _negated=True), _connector='OR'), name='question_hangs_not_on_itself')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(default=dict)),
                ('released', models.JSONField(default=list)),
                ('is_on_paper', models.BooleanField(default=False, verbose_name='came on paper')),
                ('paper_number', models.PositiveIntegerField(blank=True, null=True, verbose_name='number on the paper')),
                ('request_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participation.participant')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='questionnaire.questionnaire')),
            ],
            options={
                'ordering': ('sent_at', 'pk'),
                'indexes': [models.Index(fields=['questionnaire', 'confirmed_at'], name='submission_counted')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False)), fields=('questionnaire', 'participant'), name='submission_counts_once_per_person'), models.UniqueConstraint(fields=('questionnaire', 'paper_number'), name='submission_paper_once'), models.CheckConstraint(condition=models.Q(models.Q(('is_on_paper', False), ('paper_number', None)), models.Q(('confirmed_at__isnull', False), ('is_on_paper', True), ('paper_number__isnull', False), ('participant', None)), _connector='OR'), name='submission_paper_has_a_number')],
            },
        ),
    ]
