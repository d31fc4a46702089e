from assessment.forms.person import PersonForm

__all__ = ["PersonForm"]
