"""Reads one YAML file into one pydantic model, or says all that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kiosk.catalogue.consistency import CatalogueError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Model = TypeVar("Model", bound=BaseModel)


def read_yaml(file: Path, model: type[Model]) -> Model:
    """The file's content; raises CatalogueError, each problem with file and line or key."""
    try:
        return model.model_validate(yaml.load(file.read_bytes(), Loader))  # noqa: S506  a safe one
    except OSError as error:
        problems = [f"{file}: cannot be read: {error.strerror}"]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        problems = [f"{file}{where}: not YAML: {getattr(error, 'problem', None) or error}"]
    except ValidationError as error:
        problems = [
            f"{file}: {'.'.join(map(str, problem['loc'])) or 'file'}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False)
        ]
    except (ValueError, RecursionError) as error:
        problems = [f"{file}: not YAML: {error}"]
    raise CatalogueError(problems)
