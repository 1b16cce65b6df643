"""What the allow list takes out of one review: neither shown as open nor repaired."""

from __future__ import annotations

from dataclasses import replace

from deburr.model import Finding, Report, Source
from deburr.review import Tools
from deburr.surfaces.cli.known import Known
from deburr.surfaces.shared.allowed import Allow
from deburr.surfaces.shared.identity import identities


class Permits:
    """The findings of one text that entries cover, known once the text was looked at."""

    def __init__(self, known: Known, source: Source) -> None:
        self.known, self.source = known, source
        self.key = known.key
        self.given: dict[Finding, Allow] = {}
        self._prints: set[str] = set()

    def tools(self, tools: Tools) -> Tools:
        """The same tools, to which what is allowed is not shown."""
        if self.known.allow is None or not self.known.allow.entries:
            return tools

        def scan(source: Source) -> Report:
            report = tools.scan(source)
            if source == self.source:
                self._cover(report)
            return report

        def shown(finding: Finding) -> bool:
            return tools.shown(finding) and finding.fingerprint not in self._prints

        return replace(tools, scan=scan, shown=shown)

    def _cover(self, report: Report) -> None:
        findings = list(report.findings)
        secret = identities(findings, self.source, self.key)
        for index, finding in enumerate(findings):
            entry = self.known.allow.covering(finding, secret.get(index, "")) if self.known.allow else None
            if entry is not None:
                self.given[finding] = entry
                self._prints.add(finding.fingerprint)
