"""Fixed texts in Swedish: what a built-in check says (message, explanation), and what a refused request is told."""

NOTE = " Det gäller bara kodningen: anteckningen kan och ska alltid sparas."

FINDINGS: dict[str, tuple[str, str]] = {
    "unknown-code": (
        "Koden {code} finns inte i {system}.",
        "Kontrollera om det är ett skrivfel, eller sök efter diagnosen." + NOTE,
    ),
    "unknown-code-in": (
        "Koden {code} finns inte i {system}.",
        "Diagnosen är angiven som {system}, men koden finns inte där." + NOTE,
    ),
    "wrong-system": (
        "{code} är en kod från {system}, inte från ICPC-2.",
        "Fältet är till för ICPC-2. Välj den ICPC-2-kod som motsvarar diagnosen." + NOTE,
    ),
    "wrong-system-declared": (
        "{code} är en ICPC-2-kod, men har skickats som {system}.",
        "Koden i sig är rätt, men systemet är fel angivet. Välj koden igen som ICPC-2." + NOTE,
    ),
    "process-code": (
        "{code} är en processkod och kan inte vara en diagnos.",
        "Koderna från -30 till -69 beskriver vad som görs, inte vad patienten lider av. Välj en symtom- eller sjukdomskod." + NOTE,
    ),
    "process-code-danish": (
        "{code} ({title}) är en processkod. Den säger vad som görs, inte vad patienten lider av.",
        "Koden används i Danmark, men är ingen diagnos. Beskriv hellre hälsoproblemet med en symtom- eller sjukdomskod.",
    ),
    "retired-code": (
        "Koden {code} är inte giltig på kontaktens datum.",
        "Koden var giltig till och med {date}. Välj en giltig kod." + NOTE,
    ),
    "retired-code-early": (
        "Koden {code} är inte giltig på kontaktens datum.",
        "Koden är giltig först från {date}. Välj en giltig kod." + NOTE,
    ),
    "multiple-main": (
        "Det finns mer än en huvuddiagnos: {codes}.",
        "En kontakt har en huvuddiagnos. Låt den viktigaste stå kvar och gör de andra till bidiagnoser.",
    ),
    "main-missing": (
        "Huvuddiagnosen saknas. Förloppet {course} kodas med {codes}.",
        "I detta strukturerade förlopp måste huvuddiagnosen kodas. En gång i förloppet räcker.",
    ),
    "main-not-in-course-set": (
        "{code} passar inte förloppet {course}, som kodas med {codes}.",
        "Huvuddiagnosen ska vara en av förloppets koder. Hör patienten inte till förloppet rättas förloppet i stället för koden.",
    ),
    "required-code-only-secondary": (
        "{code} står som bidiagnos, men är huvuddiagnosen i förloppet {course}.",
        "Förloppets kod ska vara huvuddiagnos. Gör den till huvuddiagnos; de andra kan stå kvar som bidiagnoser.",
    ),
    "symptom-first": (
        "{code} är en symtomkod. Förloppet {course} kodas med {codes} när diagnosen är ställd.",
        "Man kan börja med en symtomkod och byta till förloppets kod vid en senare kontakt.",
    ),
    "course-undecided": (
        "{code} godtas. Koden för förloppet {course} är ännu inte fastställd.",
        "{note}",
    ),
    "course-specialty-mismatch": (
        "Förloppet {course} hör till specialitet {wanted}, men kontakten är i specialitet {specialty}.",
        "Rätta förloppet eller specialiteten. Tills dess kontrolleras koden inte mot förloppet.",
    ),
    "unknown-course": (
        'Förloppet "{given}" är okänt.',
        "Systemet har skickat ett förlopp som inte finns i utgåvan {release}. Namnen finns under /v1/courses.",
    ),
    "unknown-specialty": (
        'Specialiteten "{specialty}" är okänd.',
        "Systemet har skickat en specialitet som inte finns i utgåvan {release}. Kända specialiteter: {known}.",
    ),
    "before-rollout": (
        "Kontakten är före {date}, då förloppet {course} börjar. Ingen kod krävs.",
        "En kontakt bedöms efter de regler som gäller på dess eget datum.",
    ),
    "via-referral": (
        "Diagnosen till förloppet {course} hämtas från remissen.",
        "I specialitet 62 behöver ingen diagnoskod skrivas in: den följer med remissen.",
    ),
    "referral-diagnosis-missing": (
        "Remissen till förloppet {course} har ingen diagnos i ett känt kodsystem.",
        "I specialitet 62 hämtas diagnosen från remissen. Systemet bör skicka med den, till exempel som SKS-kod.",
    ),
    "referral-course-mismatch": (
        "Remissens diagnos {code} hör till förloppet {other}, inte till {course}.",
        "Kontrollera om fel förlopp har valts, eller om patienten har flera remisser.",
    ),
    "phase-missing": (
        "Fasen saknas. Förloppet {course} delas in i fas {first} till {last}.",
        "Fasen väljs efter patientens funktionsnivå vid undersökningen.",
    ),
    "phase-invalid": (
        "Fas {phase} finns inte. Förloppet {course} delas in i fas {first} till {last}.",
        "Rätta fasen till den som motsvarar patientens funktionsnivå.",
    ),
    "phase-service": (
        "Tjänsten {service} hör inte till de primära i fas {phase} av förloppet {course}.",
        "De primära tjänsterna är vägledande: {services}.",
    ),
    "deleted-code": (
        "{code} ({title}) stod på den sparade kontakten, men har tagits bort vid ändringen.",
        "Koder på en sparad kontakt raderas inte: det ska gå att se vad som användes när. Byt kod vid nästa kontakt.",
    ),
    "duplicate-code": (
        "{code} står mer än en gång på kontakten.",
        "Ta bort upprepningen; en gång räcker.",
    ),
    "override-without-reason": (
        "Regeln {rule} har frångåtts utan motivering, så det har ingen verkan.",
        "Skriv eller välj en motivering. Den sparas tillsammans med fyndet och kan ses senare.",
    ),
    "override-refused": (
        "Regeln {rule} kan inte frångås.",
        "Fyndet visar att koden inte kan skickas vidare som den står. Systemet bör inte erbjuda att frångå det.",
    ),
    "unknown-override": (
        "Avsteget gäller {rule}, som inte finns eller inte slog till.",
        "Systemet bör bara skicka avsteg från fynd som den aktuella kontakten ger.",
    ),
    "normalised": (
        "Koden lästes som {code}.",
        "Blanktecken och små bokstäver rättades innan koden bedömdes.",
    ),
    "unknown-field": (
        'Fältet "{given}" är okänt och har inte använts.',
        "Kontrollera om namnet är felstavat. Fälten finns i kontraktet under /docs.",
    ),
}

PROBLEMS: dict[str, str] = {
    "bad-request": "Begäran kan inte behandlas",
    "unauthorized": "En nyckel krävs",
    "forbidden": "Nyckeln ger inte tillgång hit",
    "not-found": "Finns inte",
    "method-not-allowed": "Metoden kan inte användas här",
    "not-acceptable": "Svaret finns inte i det önskade formatet",
    "timeout": "Begäran kom för långsamt",
    "too-large": "Begäran är för stor",
    "unsupported-media-type": "Innehållstypen kan inte användas här",
    "unprocessable": "Begäran har fel",
    "server-error": "Något gick fel hos Kodevagt",
    "misdirected": "Begäran hör inte hemma här",
    "too-many-requests": "För många begäranden",
    "unavailable": "Tjänsten är inte redo",
    "detail-see-errors": "Rätta de nämnda ställena och skicka igen.",
    "detail-not-found": "Adressen finns inte. Se adresserna under /docs.",
    "detail-method": "Använd en av: {allowed}.",
    "detail-media-type": "Skicka innehållet som {expected}.",
    "detail-too-large": "En begäran får vara högst {limit} byte.",
    "detail-line-too-large": "En rad får vara högst {limit} byte.",
    "detail-server-error": "Kontakten kan sparas utan bedömning. Försök igen, och uppge X-Request-ID om felet kvarstår.",
    "detail-bad-request": "Se kontraktet under /docs.",
    "detail-no-key": "Skicka en nyckel i huvudet: Authorization: Bearer <nyckel>.",
    "detail-unknown-key": "Nyckeln är okänd eller återkallad.",
    "detail-role": "Nyckeln har rollen {role}. Adressen kräver en av rollerna: {allowed}.",
    "detail-rate": "Nyckelns gräns är {limit} begäranden per minut. Försök igen om {seconds} s.",
    "detail-keys-unread": "Nycklarna kan inte läsas just nu. Kontakten kan sparas utan bedömning; försök igen om en stund.",
    "detail-metrics-alone": "Varje process räknar för sig: ange PROMETHEUS_MULTIPROC_DIR, en tom mapp som alla får skriva i.",
    "detail-not-local": "Utan nycklar svarar tjänsten bara program på sin egen maskin.",
    "detail-foreign-host": "Utan nycklar svarar tjänsten bara under namnet localhost, 127.0.0.1 eller [::1].",
    "detail-forwarded": "Utan nycklar svarar tjänsten inte på begäranden som en proxy har skickat vidare.",
    "code-not-found": "Koden finns inte i katalogen.",
    "rule-not-found": "Regeln finns inte i utgåvan {release}.",
    "release-not-found": "Det finns ingen publicerad utgåva med det namnet. Publicerade utgåvor: {known}.",
    "no-pack": "Det finns inga gällande regler för {jurisdiction}.",
    "personal-data": "Här står något som liknar ett CPR-nummer. Personnummer får inte skickas; använd en annan nyckel, till exempel med en bokstav framför.",
    "not-json": "Innehållet är inte giltig JSON (rad {line}, tecken {column}).",
    "not-utf8": "Innehållet är inte UTF-8.",
    "not-object": "Här ska stå ett JSON-objekt.",
    "required": "Fältet saknas.",
    "null": "Fältet får inte vara null.",
    "text": "Här ska stå text.",
    "too-long": "Texten får ha högst {limit} tecken.",
    "empty-text": "Texten får inte vara tom.",
    "surrogate": "Texten har tecken som inte kan skrivas i UTF-8.",
    "list": "Här ska stå en lista.",
    "too-many": "Listan får ha högst {limit} element.",
    "truth": "Här ska stå true eller false.",
    "integer": "Här ska stå ett heltal.",
    "range": "Talet ska vara mellan {low} och {high}.",
    "date": "Här ska stå ett datum som ÅÅÅÅ-MM-DD.",
    "choice": "Använd en av: {allowed}.",
    "nested-too-deep": "Innehållet är för djupt nästlat.",
    "detail-draft-busy": "Servern kontrollerar redan ett annat utkast. Försök igen om en stund.",
    "file-name": "Filens namn ska sluta på .yaml och får bara ha små bokstäver a-z, siffror, bindestreck, punkt och understreck.",
    "file-count": "Skicka minst en fil och högst {limit}.",
    "draft-error": "Rad {line}, tecken {column}: {text}",
    "draft-too-slow": "Filerna kan inte läsas på {seconds} sekunder. Skicka färre åt gången, eller använd kodevagt rules check.",
}
