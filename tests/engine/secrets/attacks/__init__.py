"""Attacks on the search for secrets: Markdown files of cases, and what makes texts of them.

A fence says its language and the path of the file, as in `python app/settings.py`.
A value is made when the test runs, so that no secret stands in a file: `‹github-personal-token›` is one of that
provider's form, `‹password›`, `‹hex:40›`, `‹base64:32›`, `‹digits:12›`, `‹text:24›` and `‹uuid›` are others,
`‹human›`, `‹weak›`, `‹phrase›` and `‹unicode›` what people think up; `‹@1 …›` gives the same value again wherever its
number stands. `␍` is a carriage return. Filters follow: `‹aws-access-key-id|base64›`. A mark stands at the end of its
line, is cut off before the scan, and so changes nothing: `⟵ finding: hardcoded-credential`, `⟵ missed: hardcoded-
password`.
"""
