"""Images with a description that must not be missing."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition


class SiteImage(AbstractImage):
    """An image of the site; its description replaces it for people who do not see it."""

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        constraints = [models.CheckConstraint(condition=~models.Q(description=""), name="image_described")]


class Rendition(AbstractRendition):
    """An image in one size and format, as pages show it."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
