"""Three engines with one meaning: durable-rules online, plain closures behind it, and the tree as the measure of both."""

from validator.engines.durable import DurableEngine, EngineError
from validator.engines.plain import PlainEngine
from validator.engines.tree import TreeEngine

__all__ = ["DurableEngine", "EngineError", "PlainEngine", "TreeEngine"]
