"""Other rule engines on the branches that the product's engines run, used as their documentation shows."""

from benchmarks.rivals.business import BusinessRules
from benchmarks.rivals.experts import Experta
from benchmarks.rivals.expressions import RuleEngine, RuleEngineList, Zen, ZenList
from benchmarks.rivals.rival import Rival

RIVALS: dict[str, type[Rival]] = {
    "zen-engine, one list": ZenList,
    "zen-engine, one by one": Zen,
    "rule-engine, one list": RuleEngineList,
    "rule-engine, one by one": RuleEngine,
    "business-rules": BusinessRules,
    "experta": Experta,
}
