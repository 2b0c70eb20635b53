"""`GET /metrics` as a scraper reads it."""

from dataclasses import dataclass

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families


@dataclass(frozen=True)
class Counts:
    """All samples: the name and labels of each, with its value."""

    samples: dict[tuple[str, frozenset[tuple[str, str]]], float]

    def total(self, name: str, **labels: str) -> float:
        """Return the sum of the samples with a name and these labels; 0 without any."""
        return sum(value for (of, has), value in self.samples.items() if of == name and labels.items() <= dict(has).items())

    def labels(self, label: str) -> set[str]:
        """Return all values of a label."""
        return {dict(has)[label] for _, has in self.samples if label in dict(has)}


def counts_of(text: str) -> Counts:
    """Parse Prometheus' text format; assert that no sample is repeated and that every metric has a help text."""
    samples: dict[tuple[str, frozenset[tuple[str, str]]], float] = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        for sample in family.samples:
            key = sample.name, frozenset(sample.labels.items())
            assert key not in samples
            samples[key] = sample.value
    return Counts(samples)


def scraped(client: FlaskClient) -> Counts:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.mimetype == "text/plain"
    return counts_of(response.text)
