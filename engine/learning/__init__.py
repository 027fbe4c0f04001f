"""Learning what people code a payment to: neutral to what the labels mean; pure, incremental, versioned data."""

from .case import Case, Example, Prediction
from .learner import Learner
from .outcomes import Drift

__all__ = ["Case", "Drift", "Example", "Learner", "Prediction"]
