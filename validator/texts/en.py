"""Fixed texts in English: what a built-in check says (message, explanation), and what a refused request is told."""

NOTE = " This concerns the coding only: the note can and must always be saved."

FINDINGS: dict[str, tuple[str, str]] = {
    "unknown-code": (
        "The code {code} does not exist in {system}.",
        "Look for a typing error, or search for the diagnosis." + NOTE,
    ),
    "unknown-code-in": (
        "The code {code} does not exist in {system}.",
        "The diagnosis is declared as {system}, but the code is not in it." + NOTE,
    ),
    "wrong-system": (
        "{code} is a code of {system}, not of ICPC-2.",
        "The field is for ICPC-2, in which physiotherapy practice codes. Choose the ICPC-2 code that corresponds to it." + NOTE,
    ),
    "wrong-system-declared": (
        "{code} is an ICPC-2 code, but was sent as {system}.",
        "The code as such is right, but its system is declared wrongly. Choose the code again as ICPC-2." + NOTE,
    ),
    "process-code": (
        "{code} is a process code and cannot be a diagnosis.",
        "The codes from -30 to -69 describe what is done, not what the patient suffers from. Choose a symptom or disease code."
        + NOTE,
    ),
    "process-code-danish": (
        "{code} ({title}) is a process code. It says what is done, not what the patient suffers from.",
        "The code is used in Denmark, but is no diagnosis. Rather describe the health problem with a symptom or disease code.",
    ),
    "retired-code": (
        "The code {code} is not valid on the date of the contact.",
        "The code was valid until {date}. Choose a valid code." + NOTE,
    ),
    "retired-code-early": (
        "The code {code} is not valid on the date of the contact.",
        "The code is valid from {date} only. Choose a valid code." + NOTE,
    ),
    "multiple-main": (
        "There is more than one main diagnosis: {codes}.",
        "A contact has one main diagnosis. Keep the most important one and make the others secondary.",
    ),
    "main-missing": (
        "The main diagnosis is missing. The course {course} is coded with {codes}.",
        "On this structured course the main diagnosis must be coded. Once in the course is enough.",
    ),
    "main-not-in-course-set": (
        "{code} does not fit the course {course}, which is coded with {codes}.",
        "The main diagnosis must be one of the course's codes. If the patient does not belong to the course, correct the course, not the code.",
    ),
    "required-code-only-secondary": (
        "{code} is a secondary diagnosis here, but is the main diagnosis of the course {course}.",
        "The course's code must be the main diagnosis. Make it so; the others may stay as secondary diagnoses.",
    ),
    "symptom-first": (
        "{code} is a symptom code. The course {course} is coded with {codes} once the diagnosis is made.",
        "One may begin with a symptom code and change to the course's code at a later contact.",
    ),
    "course-undecided": (
        "{code} is accepted. The code of the course {course} is still undecided.",
        "{note}",
    ),
    "course-specialty-mismatch": (
        "The course {course} belongs to specialty {wanted}, but the contact is in specialty {specialty}.",
        "Correct the course or the specialty. Until then the code is not checked against the course.",
    ),
    "unknown-course": (
        'The course "{given}" is not known.',
        "The system sent a course that does not exist in the release {release}. The names are listed at /v1/courses.",
    ),
    "unknown-specialty": (
        'The specialty "{specialty}" is not known.',
        "The system sent a specialty that does not exist in the release {release}. Known specialties: {known}.",
    ),
    "before-rollout": (
        "The contact is before {date}, when the course {course} begins. No code is required.",
        "A contact is judged by the rules in force on its own date.",
    ),
    "via-referral": (
        "The diagnosis of the course {course} is collected from the referral.",
        "In specialty 62 no diagnosis code has to be entered: it comes with the referral.",
    ),
    "referral-diagnosis-missing": (
        "The referral to the course {course} has no diagnosis in a known code system.",
        "In specialty 62 the diagnosis is collected from the referral. The system should send it along, for instance as an SKS code.",
    ),
    "referral-course-mismatch": (
        "The referral's diagnosis {code} belongs to the course {other}, not to {course}.",
        "See whether the wrong course was chosen, or whether the patient has several referrals.",
    ),
    "phase-missing": (
        "The phase is missing. The course {course} has phases {first} to {last}.",
        "The phase is chosen by the patient's level of function at the examination.",
    ),
    "phase-invalid": (
        "There is no phase {phase}. The course {course} has phases {first} to {last}.",
        "Correct the phase to the one that fits the patient's level of function.",
    ),
    "phase-service": (
        "The service {service} is not among the primary ones in phase {phase} of the course {course}.",
        "The primary services are advisory: {services}.",
    ),
    "deleted-code": (
        "{code} ({title}) stood on the saved contact, but was removed by the edit.",
        "Codes of a saved contact are not deleted: what was used when must stay visible. A change of code belongs to the next contact.",
    ),
    "duplicate-code": (
        "{code} stands more than once on the contact.",
        "Remove the repetition; once is enough.",
    ),
    "override-without-reason": (
        "The rule {rule} was overridden without a reason, so the override has no effect.",
        "Write or pick a reason. It is kept with the finding and can be seen later.",
    ),
    "override-refused": (
        "The rule {rule} cannot be overridden.",
        "The finding shows that the code cannot be sent on as it stands. The system should not offer to override it.",
    ),
    "unknown-override": (
        "The override is of {rule}, which does not exist or did not fire.",
        "The system should only send overrides of findings that this contact gives.",
    ),
    "normalised": (
        "The code was read as {code}.",
        "Blanks and lower case were corrected before the code was judged.",
    ),
    "unknown-field": (
        'The field "{given}" is not known and was not used.',
        "See whether the name is misspelt. The fields are in the contract at /docs.",
    ),
}

PROBLEMS: dict[str, str] = {
    "bad-request": "The request cannot be handled",
    "unauthorized": "A key is required",
    "forbidden": "The key does not give access here",
    "not-found": "Not found",
    "method-not-allowed": "Method not allowed here",
    "not-acceptable": "The answer does not exist in the format asked for",
    "timeout": "The request came too slowly",
    "conflict": "It contradicts what has been published",
    "too-large": "The request is too large",
    "unsupported-media-type": "The content type cannot be used here",
    "unprocessable": "The request has errors",
    "server-error": "Something failed inside Kodevagt",
    "misdirected": "The request does not belong here",
    "too-many-requests": "Too many requests",
    "unavailable": "The service is not ready",
    "detail-see-errors": "Correct the places named and send again.",
    "detail-not-found": "The address does not exist. See the addresses at /docs.",
    "detail-method": "Use one of: {allowed}.",
    "detail-media-type": "Send the content as {expected}.",
    "detail-too-large": "A request may be at most {limit} bytes.",
    "detail-line-too-large": "A line may be at most {limit} bytes.",
    "detail-server-error": "The contact can be saved without a verdict. Try again, and give X-Request-ID if it goes on.",
    "detail-bad-request": "See the contract at /docs.",
    "detail-no-key": "Send a key in the header: Authorization: Bearer <key>.",
    "detail-unknown-key": "The key is unknown or revoked.",
    "detail-role": "The key has the role {role}. The address requires one of the roles: {allowed}.",
    "detail-rate": "The limit of the key is {limit} requests a minute. Try again in {seconds} s.",
    "detail-keys-unread": "The keys cannot be read at the moment. The contact can be saved without a verdict; try again shortly.",
    "detail-metrics-alone": "Each process counts for itself: set PROMETHEUS_MULTIPROC_DIR to an empty folder that all of them may write to.",
    "detail-store-unread": "The releases cannot be read or kept at the moment. Try again shortly.",
    "detail-not-local": "Without keys the service answers only programs on its own machine.",
    "detail-foreign-host": "Without keys the service answers only to the name localhost, 127.0.0.1 or [::1].",
    "detail-foreign-origin": "Without keys the service does not answer requests from the pages of others.",
    "detail-forwarded": "Without keys the service does not answer requests that a proxy has forwarded.",
    "code-not-found": "The code is not in the catalogue.",
    "rule-not-found": "The rule does not exist in the release {release}.",
    "release-not-found": "There is no published release of that name. Published releases: {known}.",
    "release-taken": 'The release "{name}" has been published already with other content. A published release is not changed: give the new one another name.',
    "release-damaged": 'The release "{name}" is damaged in the database. Restore a backup.',
    "release-note": "Write a note of 1 to {longest} characters on what the release changes.",
    "release-note-personal-data": "The note holds something that looks like a CPR number.",
    "release-personal-data": 'The release "{name}" holds something that looks like a CPR number. Mend it, for instance in an example.',
    "release-errors": "The release is not published. Mend the errors that are named.",
    "release-too-slow": "The release is not published: its checks did not end within {seconds} seconds. Divide the largest rules, or make them simpler.",
    "release-unfit": "The release is not published: the rule engine cannot use it. Divide the largest rules, or make them simpler.",
    "example-wrong": "Rule {rule}, example {number}: the contact is not judged as the example says.",
    "branch-unreached": "Rule {rule}, branch {number} ({text}): no example reaches it.",
    "file-missing": "The file pack.yaml is missing.",
    "no-pack": "There are no rules in force for {jurisdiction}.",
    "personal-data": "Something here looks like a CPR number. Personal numbers must not be sent; use another key, for instance with a letter in front.",
    "not-json": "The content is not valid JSON (line {line}, column {column}).",
    "not-utf8": "The content is not UTF-8.",
    "not-object": "A JSON object is expected here.",
    "required": "The field is missing.",
    "null": "The field must not be null.",
    "text": "A text is expected here.",
    "too-long": "The text may have at most {limit} characters.",
    "empty-text": "The text must not be empty.",
    "surrogate": "The text has characters that cannot be written in UTF-8.",
    "list": "A list is expected here.",
    "too-many": "The list may have at most {limit} items.",
    "truth": "true or false is expected here.",
    "integer": "A whole number is expected here.",
    "range": "The number must be between {low} and {high}.",
    "date": "A date as YYYY-MM-DD is expected here.",
    "choice": "Use one of: {allowed}.",
    "nested-too-deep": "The content is nested too deeply.",
    "detail-draft-busy": "The server is checking another draft. Try again in a moment.",
    "file-name": "A file's name must end in .yaml and may only have small letters a-z, digits, hyphen, point and underscore.",
    "file-count": "Send at least one file and at most {limit}.",
    "draft-error": "Line {line}, column {column}: {text}",
    "draft-too-slow": "The files cannot be read within {seconds} seconds. Send fewer at a time, or use kodevagt rules check.",
}
