import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('events', '0001_initial'),
        ('local_strategies', '0002_offer'),
        ('organisations', '0005_terms'),
        ('strategy', '0006_period_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('information', 'Read up'), ('text', 'Comment on a text'), ('ideas', 'Collect ideas'), ('support', 'Support ideas'), ('questions', 'Answer questions')], max_length=20, verbose_name='what people do')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('text', models.TextField(blank=True, verbose_name='what people should know')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
            ],
            options={
                'ordering': ('process', 'starts_at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='phase_begins_before_it_ends'), models.CheckConstraint(condition=models.Q(('kind__in', ['information', 'text', 'ideas', 'support', 'questions'])), name='phase_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('idea', 'Idea'), ('remark', 'Remark'), ('comment', 'Comment'), ('wording', 'Other wording')], max_length=10, verbose_name='kind')),
                ('state', models.CharField(choices=[('unconfirmed', 'Address not confirmed'), ('held', 'Waits to be checked'), ('public', 'Public'), ('hidden', 'Hidden'), ('withdrawn', 'Withdrawn')], default='unconfirmed', max_length=12, verbose_name='state')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('about', models.CharField(blank=True, max_length=300)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='to be answered by')),
                ('is_on_paper', models.BooleanField(default=False, verbose_name='came on paper')),
                ('is_doubtful', models.BooleanField(default=False, editable=False)),
                ('request_key', models.UUIDField(editable=False, null=True, unique=True)),
                ('origin_hash', models.CharField(blank=True, max_length=16)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('told_moderators_at', models.DateTimeField(editable=False, null=True)),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('element', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.element')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ('sent_at', 'pk'),
                'indexes': [models.Index(fields=['office', 'state'], name='contribution_queue'), models.Index(fields=['element', 'state'], name='contribution_about'), models.Index(condition=models.Q(('origin_hash', ''), _negated=True), fields=['origin_hash', 'sent_at'], name='contribution_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['idea', 'remark', 'comment', 'wording'])), name='contribution_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['unconfirmed', 'held', 'public', 'hidden', 'withdrawn'])), name='contribution_state_known'), models.CheckConstraint(condition=models.Q(('state', 'unconfirmed'), ('state', 'withdrawn'), ('confirmed_at__isnull', False), _connector='OR'), name='contribution_confirmed_before_shown'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'public'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='contribution_public_since_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('text', ''), ('title', '')), models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='contribution_says_something_or_is_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='Answered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(null=True)),
                ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answered', to='participation.contribution')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('told_at', None)), fields=['told_at'], name='answered_untold')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('email_key', models.CharField(max_length=254, unique=True)),
                ('pseudonym', models.CharField(max_length=60, verbose_name='name others read')),
                ('language', models.CharField(default='de', max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('active_on', models.DateField(default=django.utils.timezone.localdate)),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['confirmed_at', 'created_at'], name='participant_unconfirmed')],
            },
        ),
        migrations.AddField(
            model_name='contribution',
            name='participant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contributions', to='participation.participant'),
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('age_band', models.CharField(blank=True, choices=[('under_18', 'under 18'), ('18_29', '18 to 29'), ('30_44', '30 to 44'), ('45_64', '45 to 64'), ('65_over', '65 and older')], max_length=10, verbose_name='age')),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('is_on_paper', models.BooleanField(default=False)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisation')),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='involvements', to='participation.participant')),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involvements', to='participation.phase')),
            ],
            options={
                'ordering': ('began_at', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('phase', 'participant'), name='involvement_once_per_phase'), models.CheckConstraint(condition=models.Q(('age_band__in', ['', 'under_18', '18_29', '30_44', '45_64', '65_over'])), name='involvement_age_known')],
            },
        ),
        migrations.AddField(
            model_name='contribution',
            name='phase',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='participation.phase'),
        ),
        migrations.CreateModel(
            name='Process',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=90, unique=True, verbose_name='short name in addresses')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='in one sentence')),
                ('text', models.TextField(blank=True, verbose_name='what it is about')),
                ('blueprint', models.CharField(choices=[('text', 'Consult on a draft strategy'), ('ideas', 'Collect ideas'), ('ideas_support', 'Collect ideas, then support them'), ('questions', 'Ask questions after an event')], max_length=20)),
                ('publication', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10, verbose_name='publication')),
                ('is_region_wide', models.BooleanField(default=False, verbose_name='open for the whole region')),
                ('asks_age', models.BooleanField(default=False, verbose_name='ask for the age band')),
                ('asks_place', models.BooleanField(default=False, verbose_name='ask for the municipality people live in')),
                ('holds_back', models.BooleanField(default=False, verbose_name='check contributions before they are shown')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='office mailbox for questions')),
                ('result', models.TextField(blank=True, verbose_name='what came of it')),
                ('is_demonstration', models.BooleanField(default=False, editable=False)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('events', models.ManyToManyField(blank=True, related_name='+', to='events.event', verbose_name='events')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='held by')),
                ('terms', models.ManyToManyField(blank=True, related_name='+', to='organisations.term', verbose_name='topics')),
            ],
            options={
                'ordering': ('-published_at', 'title', 'pk'),
                'indexes': [models.Index(fields=['organisation', 'publication'], name='process_of_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='process_has_a_title'), models.CheckConstraint(condition=models.Q(('blueprint__in', ['text', 'ideas', 'ideas_support', 'questions'])), name='process_blueprint_known'), models.CheckConstraint(condition=models.Q(models.Q(('publication', 'draft'), ('published_at', None)), models.Q(('publication', 'published'), ('published_at__isnull', False)), _connector='OR'), name='process_published_at_a_time')],
            },
        ),
        migrations.AddField(
            model_name='phase',
            name='process',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='participation.process'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='process',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='participation.process'),
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('insult', 'It insults or threatens people.'), ('hate', 'It runs groups of people down.'), ('private', 'It names private matters of somebody.'), ('advertising', 'It advertises, or is sent very many times.'), ('off_topic', 'It has nothing to do with this process.'), ('unlawful', 'It breaks the law.')], max_length=12, verbose_name='reason')),
                ('text', models.TextField(blank=True, verbose_name='in your own words')),
                ('origin_hash', models.CharField(blank=True, max_length=16)),
                ('reported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('settled_at', models.DateTimeField(null=True)),
                ('told_moderators_at', models.DateTimeField(editable=False, null=True)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='participation.contribution')),
            ],
            options={
                'ordering': ('reported_at', 'pk'),
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['settled_at'], name='report_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['insult', 'hate', 'private', 'advertising', 'off_topic', 'unlawful'])), name='report_reason_known')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(choices=[('adopted', 'Adopted'), ('partly', 'Partly adopted'), ('not', 'Not adopted'), ('forwarded', 'Forwarded')], max_length=12, verbose_name='answer')),
                ('reason', models.TextField(verbose_name='reason')),
                ('forwarded_to', models.CharField(blank=True, max_length=200, verbose_name='forwarded to')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('contributions', models.ManyToManyField(related_name='responses', through='participation.Answered', to='participation.contribution')),
                ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.edition')),
                ('element', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.element')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='participation.process')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='local_strategies.version')),
            ],
            options={
                'ordering': ('-given_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('stance__in', ['adopted', 'partly', 'not', 'forwarded'])), name='response_stance_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='response_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('edition', None), ('version', None)), ('element__isnull', False), _connector='OR'), name='response_change_has_a_passage')],
            },
        ),
        migrations.AddField(
            model_name='answered',
            name='response',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answered', to='participation.response'),
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('shown', 'Shown'), ('hidden', 'Not shown')], max_length=10, verbose_name='decision')),
                ('reason', models.CharField(blank=True, choices=[('insult', 'It insults or threatens people.'), ('hate', 'It runs groups of people down.'), ('private', 'It names private matters of somebody.'), ('advertising', 'It advertises, or is sent very many times.'), ('off_topic', 'It has nothing to do with this process.'), ('unlawful', 'It breaks the law.')], max_length=12, verbose_name='reason')),
                ('text', models.TextField(blank=True, verbose_name='words to the author')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('objection', models.TextField(blank=True, verbose_name='objection')),
                ('objected_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='participation.contribution')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ('decided_at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['shown', 'hidden'])), name='decision_verdict_known'), models.CheckConstraint(condition=models.Q(('verdict', 'shown'), ('reason__in', ['insult', 'hate', 'private', 'advertising', 'off_topic', 'unlawful']), _connector='OR'), name='decision_hidden_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('objected_at', None), ('objection', '')), models.Q(models.Q(('objection', ''), _negated=True), ('objected_at__isnull', False)), _connector='OR'), name='decision_objection_has_a_time')],
            },
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.UniqueConstraint(fields=('process', 'kind'), name='phase_kind_once'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['process', 'kind', 'state', 'published_at'], name='contribution_of_process'),
        ),
    ]
