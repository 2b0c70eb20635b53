"""ICPC-2, its titles, and the bridges that lead to it from other code systems."""

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.loading import load_catalogue
from validator.catalogue.query import LIMIT_QUERY
from validator.catalogue.rubric import Rubric, is_process, normal_form
from validator.catalogue.search import Hit
from validator.catalogue.tables import CatalogueError

__all__ = ["LIMIT_QUERY", "Catalogue", "CatalogueError", "Hit", "Rubric", "is_process", "load_catalogue", "normal_form"]
