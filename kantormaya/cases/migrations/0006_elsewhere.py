import django.db.models.deletion
from django.db import migrations, models

from kantormaya.people.walls import wall


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_who_holds_a_seat'),
    ]

    operations = [
        migrations.CreateModel(
            name='Elsewhere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.CharField(max_length=60)),
                ('number', models.CharField(max_length=60)),
                ('noted_at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='elsewhere', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'system', 'number'), name='elsewhere_once')],
            },
        ),
        *wall("cases_elsewhere"),
    ]
