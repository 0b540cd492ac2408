from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kb", "0007_publication")]
    operations = [migrations.AlterField("lookalike", "name", models.CharField(max_length=120))]
