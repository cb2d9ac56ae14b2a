import django.db.models.deletion
from django.db import migrations, models


# Put into order by hand: a composite key needs its columns when its table is made.
class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Building',
            fields=[
                ('source', models.CharField(max_length=30, primary_key=True, serialize=False)),
                ('after', models.CharField(blank=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=30)),
                ('group', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=120)),
                ('language', models.CharField(max_length=20)),
                ('url', models.CharField(max_length=500)),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True)),
                ('digest', models.CharField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'group'], name='search_document_group')],
                'constraints': [models.UniqueConstraint(fields=('source', 'key', 'language'), name='search_document_once')],
            },
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='filing', serialize=False, to='search.document')),
                ('visibility', models.SmallIntegerField(choices=[(0, 'Public')], default=0)),
                ('kind', models.CharField(max_length=30)),
                ('year', models.PositiveSmallIntegerField(default=0)),
                ('places', models.CharField(blank=True, max_length=1000)),
                ('topics', models.CharField(blank=True, max_length=1000)),
                ('elsewhere', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('visibility__in', [0])), name='search_filing_visibility_known')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20)),
                ('text', models.CharField(db_index=True, max_length=60)),
                ('reversed', models.CharField(db_index=True, max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('language', 'text'), name='search_term_once')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='search.term')),
                ('text', models.CharField(max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('term', 'text'), name='search_word_once')],
            },
        ),
        migrations.CreateModel(
            name='Shortening',
            fields=[
                ('pk', models.CompositePrimaryKey('number', 'term', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shortenings', to='search.term')),
            ],
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('pk', models.CompositePrimaryKey('document', 'term', blank=True, editable=False, primary_key=True, serialize=False)),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='postings', to='search.document')),
                ('term', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='postings', to='search.term')),
                ('weight', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['term', '-weight', 'document'], name='search_posting_heaviest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='search_posting_weighs')],
            },
        ),
    ]
