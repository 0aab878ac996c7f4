from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('cases', '0008_lists_from_seats')]

    operations = [
        migrations.AddIndex('case', models.Index(
            fields=['applicant_name'], opclasses=['text_pattern_ops'], name='case_name',
            condition=models.Q(ended_at=None),
        )),
    ]
