"""The settings of the warning function stand with the study."""

from regsam_geo.study.settings import Settings as Settings
