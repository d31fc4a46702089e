from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The frame of the site: base templates, static files, error pages."""

    name = "config"
    label = "site_frame"
