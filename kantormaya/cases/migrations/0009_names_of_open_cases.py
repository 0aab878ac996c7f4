from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('cases', '0008_lists_from_seats')]

    operations = [
        migrations.AlterField('case', 'number', models.CharField(db_collation='C', max_length=20)),
        migrations.AlterField(
            'case', 'applicant_name', models.CharField(blank=True, db_collation='C', max_length=120)
        ),
        migrations.AddIndex('case', models.Index(
            fields=['applicant_name'], name='case_name', condition=models.Q(ended_at=None),
        )),
    ]
