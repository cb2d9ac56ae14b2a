from django.db import models


class Visibility(models.IntegerChoices):
    """Who may find a document. Only what everybody may read is indexed; another value is for what comes later."""

    PUBLIC = 0
