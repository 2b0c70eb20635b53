"""Fixed texts in Danish: what a built-in check says (message, explanation), and what a refused request is told."""

NOTE = " Det gælder kun kodningen: notatet kan og skal altid gemmes (journalføringspligt)."

FINDINGS: dict[str, tuple[str, str]] = {
    "unknown-code": (
        "Koden {code} findes ikke i {system}.",
        "Se efter en tastefejl, eller søg efter diagnosen." + NOTE,
    ),
    "unknown-code-in": (
        "Koden {code} findes ikke i {system}.",
        "Diagnosen er angivet som {system}, men koden findes ikke der." + NOTE,
    ),
    "wrong-system": (
        "{code} er en kode fra {system}, ikke fra ICPC-2.",
        "Feltet er til ICPC-2, som fysioterapipraksis koder i. Vælg den ICPC-2-kode, der svarer til." + NOTE,
    ),
    "wrong-system-declared": (
        "{code} er en ICPC-2-kode, men er sendt som {system}.",
        "Koden er rigtig nok, men systemet er forkert angivet. Vælg koden igen som ICPC-2." + NOTE,
    ),
    "process-code": (
        "{code} er en proceskode og kan ikke være en diagnose.",
        "Koderne fra -30 til -69 beskriver, hvad der gøres, ikke hvad patienten fejler. Vælg en symptom- eller sygdomskode." + NOTE,
    ),
    "process-code-danish": (
        "{code} ({title}) er en proceskode. Den siger, hvad der gøres, ikke hvad patienten fejler.",
        "Koden bruges i Danmark, men er ikke en diagnose. Beskriv hellere helbredsproblemet med en symptom- eller sygdomskode.",
    ),
    "retired-code": (
        "Koden {code} er ikke gyldig på kontaktens dato.",
        "Koden var gyldig til og med {date}. Vælg en gyldig kode." + NOTE,
    ),
    "retired-code-early": (
        "Koden {code} er ikke gyldig på kontaktens dato.",
        "Koden er først gyldig fra {date}. Vælg en gyldig kode." + NOTE,
    ),
    "multiple-main": (
        "Der er mere end én hoveddiagnose: {codes}.",
        "En kontakt har én hoveddiagnose. Lad den vigtigste stå, og gør de andre til bidiagnoser.",
    ),
    "main-missing": (
        "Hoveddiagnosen mangler. Forløbet {course} kodes med {codes}.",
        "På dette strukturerede forløb er det en skal-opgave at kode hoveddiagnosen. Det er nok at gøre det én gang i forløbet.",
    ),
    "main-not-in-course-set": (
        "{code} passer ikke til forløbet {course}, som kodes med {codes}.",
        "Hoveddiagnosen skal være en af forløbets koder. Hører patienten ikke til forløbet, rettes forløbet i stedet for koden.",
    ),
    "required-code-only-secondary": (
        "{code} står som bidiagnose, men er hoveddiagnosen i forløbet {course}.",
        "Forløbets kode skal være hoveddiagnose. Gør den til hoveddiagnose, og lad eventuelt de andre stå som bidiagnoser.",
    ),
    "symptom-first": (
        "{code} er en symptomkode. Forløbet {course} kodes med {codes}, når diagnosen er stillet.",
        "Man kan begynde med en symptomkode og skifte til forløbets kode ved en senere kontakt.",
    ),
    "course-undecided": (
        "{code} godtages. Koden for forløbet {course} er endnu under afklaring.",
        "{note}",
    ),
    "course-specialty-mismatch": (
        "Forløbet {course} hører til speciale {wanted}, men kontakten er i speciale {specialty}.",
        "Ret forløbet eller specialet. Indtil da kontrolleres koden ikke mod forløbet.",
    ),
    "unknown-course": (
        'Forløbet "{given}" kendes ikke.',
        "Systemet har sendt et navn på et forløb, som ikke findes i udgaven {release}. Navnene står under /v1/courses.",
    ),
    "unknown-specialty": (
        'Specialet "{specialty}" kendes ikke.',
        "Systemet har sendt et speciale, som ikke findes i udgaven {release}. Kendte specialer: {known}.",
    ),
    "before-rollout": (
        "Kontakten er før {date}, hvor forløbet {course} begynder. Der kræves ingen kode.",
        "En kontakt bedømmes efter de regler, der gælder på dens egen dato.",
    ),
    "via-referral": (
        "Diagnosen til forløbet {course} opsamles automatisk fra henvisningen.",
        "I speciale 62 skal der ikke tastes en diagnosekode: den følger med henvisningen.",
    ),
    "referral-diagnosis-missing": (
        "Henvisningen til forløbet {course} har ingen diagnose i et kendt kodesystem.",
        "I speciale 62 opsamles diagnosen fra henvisningen. Systemet bør sende den med, fx som SKS-kode.",
    ),
    "referral-course-mismatch": (
        "Henvisningens diagnose {code} hører til forløbet {other}, ikke til {course}.",
        "Se efter, om forløbet er valgt forkert, eller om patienten har flere henvisninger.",
    ),
    "phase-missing": (
        "Fasen mangler. Forløbet {course} inddeles i fase {first} til {last}.",
        "Fasen vælges ud fra patientens funktionsniveau ved undersøgelsen.",
    ),
    "phase-invalid": (
        "Fase {phase} findes ikke. Forløbet {course} inddeles i fase {first} til {last}.",
        "Ret fasen til den, der svarer til patientens funktionsniveau.",
    ),
    "phase-service": (
        "Ydelsen {service} er ikke blandt de primære i fase {phase} af forløbet {course}.",
        "De primære ydelser er vejledende: {services}.",
    ),
    "deleted-code": (
        "{code} ({title}) stod på den gemte kontakt, men er fjernet ved rettelsen.",
        "Koder på en gemt kontakt slettes ikke: det skal kunne ses, hvad der blev brugt hvornår. Et skift af kode sker ved næste kontakt.",
    ),
    "duplicate-code": (
        "{code} står mere end én gang på kontakten.",
        "Fjern gentagelsen; én gang er nok.",
    ),
    "override-without-reason": (
        "Reglen {rule} er fraveget uden en begrundelse, så fravigelsen tæller ikke.",
        "Skriv eller vælg en begrundelse. Den gemmes sammen med bemærkningen og kan ses senere.",
    ),
    "override-refused": (
        "Reglen {rule} kan ikke fraviges.",
        "Bemærkningen betyder, at koden ikke kan sendes videre, som den står. Systemet bør ikke tilbyde at fravige det.",
    ),
    "unknown-override": (
        "Fravigelsen gælder {rule}, som ikke findes eller ikke slog til.",
        "Systemet bør kun sende fravigelser af bemærkninger, som den aktuelle kontakt giver.",
    ),
    "normalised": (
        "Koden blev læst som {code}.",
        "Blanktegn og små bogstaver er rettet, før koden blev bedømt.",
    ),
    "unknown-field": (
        'Feltet "{given}" kendes ikke og er ikke brugt.',
        "Se efter, om navnet er stavet forkert. Felterne står i kontrakten under /docs.",
    ),
}

PROBLEMS: dict[str, str] = {
    "bad-request": "Forespørgslen kan ikke behandles",
    "unauthorized": "Adgang kræver en nøgle",
    "forbidden": "Nøglen giver ikke adgang hertil",
    "not-found": "Findes ikke",
    "method-not-allowed": "Metoden kan ikke bruges her",
    "not-acceptable": "Svaret findes ikke i det ønskede format",
    "timeout": "Forespørgslen kom for langsomt",
    "too-large": "Forespørgslen er for stor",
    "unsupported-media-type": "Indholdstypen kan ikke bruges her",
    "unprocessable": "Forespørgslen har fejl",
    "server-error": "Der er sket en fejl hos Kodevagt",
    "misdirected": "Forespørgslen hører ikke til her",
    "too-many-requests": "For mange forespørgsler",
    "unavailable": "Tjenesten er ikke klar",
    "detail-see-errors": "Ret de nævnte steder, og send igen.",
    "detail-not-found": "Adressen findes ikke. Se adresserne under /docs.",
    "detail-method": "Brug en af: {allowed}.",
    "detail-media-type": "Send indholdet som {expected}.",
    "detail-too-large": "En forespørgsel må højst fylde {limit} byte.",
    "detail-line-too-large": "En linje må højst fylde {limit} byte.",
    "detail-server-error": "Kontakten kan gemmes uden bedømmelse. Prøv igen, og oplys X-Request-ID, hvis fejlen bliver ved.",
    "detail-bad-request": "Se kontrakten under /docs.",
    "detail-no-key": "Send en nøgle i headeren: Authorization: Bearer <nøgle>.",
    "detail-unknown-key": "Nøglen er ukendt eller trukket tilbage.",
    "detail-role": "Nøglen har rollen {role}. Adressen kræver en af rollerne: {allowed}.",
    "detail-rate": "Nøglens grænse er {limit} forespørgsler pr. minut. Prøv igen om {seconds} sek.",
    "detail-keys-unread": "Nøglerne kan ikke læses lige nu. Kontakten kan gemmes uden bedømmelse; prøv igen om lidt.",
    "detail-metrics-alone": "Hver proces tæller for sig: angiv PROMETHEUS_MULTIPROC_DIR, en tom mappe, som de alle må skrive i.",
    "detail-not-local": "Uden nøgler svarer tjenesten kun programmer på sin egen maskine.",
    "detail-foreign-host": "Uden nøgler svarer tjenesten kun under navnet localhost, 127.0.0.1 eller [::1].",
    "detail-forwarded": "Uden nøgler svarer tjenesten ikke på forespørgsler, der er sendt videre af en proxy.",
    "code-not-found": "Koden findes ikke i kataloget.",
    "rule-not-found": "Reglen findes ikke i udgaven {release}.",
    "release-not-found": "Der er ingen udgivet udgave med det navn. Udgivne udgaver: {known}.",
    "no-pack": "Der er ingen gældende regler for {jurisdiction}.",
    "personal-data": "Her står noget, der ligner et CPR-nummer. Personnumre må ikke sendes; brug en anden nøgle, fx med et bogstav foran.",
    "not-json": "Indholdet er ikke gyldig JSON (linje {line}, tegn {column}).",
    "not-utf8": "Indholdet er ikke UTF-8.",
    "not-object": "Her skal stå et JSON-objekt.",
    "required": "Feltet mangler.",
    "null": "Feltet må ikke være null.",
    "text": "Her skal stå tekst.",
    "too-long": "Teksten må højst være på {limit} tegn.",
    "empty-text": "Teksten må ikke være tom.",
    "surrogate": "Teksten har tegn, som ikke kan skrives i UTF-8.",
    "list": "Her skal stå en liste.",
    "too-many": "Listen må højst have {limit} elementer.",
    "truth": "Her skal stå true eller false.",
    "integer": "Her skal stå et helt tal.",
    "range": "Tallet skal være mellem {low} og {high}.",
    "date": "Her skal stå en dato som ÅÅÅÅ-MM-DD.",
    "choice": "Brug en af: {allowed}.",
    "nested-too-deep": "Indholdet er indlejret for dybt.",
    "detail-draft-busy": "Serveren kontrollerer allerede en anden kladde. Prøv igen om lidt.",
    "file-name": "Filens navn skal ende på .yaml og må kun have små bogstaver a-z, tal, bindestreg, punktum og understregning.",
    "file-count": "Send mindst én fil og højst {limit}.",
    "draft-error": "Linje {line}, tegn {column}: {text}",
    "draft-too-slow": "Filerne kan ikke læses på {seconds} sekunder. Send færre ad gangen, eller brug kodevagt rules check.",
}
