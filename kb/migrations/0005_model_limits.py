from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kb', '0004_gateways'),
    ]

    operations = [
        migrations.AddField('claudemodel', 'context', models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField('claudemodel', 'output', models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField('claudemodel', 'rejects', models.JSONField(default=list)),
        migrations.AddField('claudemodel', 'words', models.JSONField(default=list)),
    ]
