# language: da
Egenskab: Vederlagsfri fysioterapi, speciale 62
  I speciale 62 opsamles diagnosen automatisk fra henvisningen. Der skal aldrig tastes en kode for forløbets skyld.
  Sklerose og Parkinson inddeles i fase 1 til 5. De primære ydelser i hver fase er vejledende.
  Kilde: EKM, gå-hjem-møde, sidst i 2024 (ubekræftet).

  Regel: Diagnosen opsamles fra henvisningen

    Abstrakt Scenario: Henvisningens diagnose hører til forløbet
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "<forløb>"
      Og fasen er <fase>
      Og henvisningens diagnose er <kode> angivet som <kodesystem>
      Når kontakten gemmes
      Så er den eneste bemærkning, at diagnosen opsamles fra henvisningen
      Og bemærkningen er en oplysning
      Og bemærkningen gemmes kun som data
      Og reglen er ubekræftet

      Eksempler:
        | forløb              | fase        | kode  | kodesystem |
        | Sklerose            | 2           | DG35  | SKS        |
        | Sklerose            | 2           | DG359A | SKS        |
        | Sklerose            | 2           | DG35+TUL1 | SKS        |
        | Sklerose            | 2           | G35   | ICD-10     |
        | Sklerose            | 2           | N86   | ICPC-2     |
        | Parkinson           | 2           | DG20  | SKS        |
        | Parkinson           | 2           | G20   | ICD-10     |
        | Parkinson           | 2           | N87   | ICPC-2     |
        | Følger efter stroke | ikke oplyst | DI69  | SKS        |
        | Følger efter stroke | ikke oplyst | DI639 | SKS        |
        | Følger efter stroke | ikke oplyst | DI60  | SKS        |
        | Følger efter stroke | ikke oplyst | DI64  | SKS        |
        | Følger efter stroke | ikke oplyst | K91   | ICPC-2     |
        | Følger efter stroke | ikke oplyst | K90   | ICPC-2     |
        | Kronisk leddegigt   | ikke oplyst | DM05  | SKS        |
        | Kronisk leddegigt   | ikke oplyst | DM069 | SKS        |
        | Kronisk leddegigt   | ikke oplyst | L88   | ICPC-2     |

    Scenarie: Der er intet oplyst om henvisningen
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Følger efter stroke"
      Når kontakten gemmes
      Så er den eneste bemærkning, at diagnosen opsamles fra henvisningen
      Og kontakten kan sendes videre

    Abstrakt Scenario: Der kræves aldrig en tastet kode
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "<forløb>"
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at hoveddiagnosen mangler

      Eksempler:
        | forløb              |
        | Sklerose            |
        | Parkinson           |
        | Følger efter stroke |
        | Kronisk leddegigt   |

    Scenarie: En kode må gerne tastes alligevel
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Parkinson"
      Og fasen er 3
      Og henvisningens diagnose er DG20 angivet som SKS
      Og hoveddiagnosen er N87
      Når kontakten gemmes
      Så er den eneste bemærkning, at diagnosen opsamles fra henvisningen

    Abstrakt Scenario: Uden for forløbene i speciale 62 opsamles intet
      Givet en kontakt i speciale <speciale> den 1. marts 2027
      Og henvisningens diagnose er DG35 angivet som SKS
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at diagnosen opsamles fra henvisningen
      Og der er ingen bemærkninger

      Eksempler:
        | speciale |
        | 51       |
        | 62       |

  Regel: En henvisning uden diagnose er systemleverandørens sag

    Scenarie: Henvisningen har ingen diagnose
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Sklerose"
      Og fasen er 1
      Og henvisningen er uden diagnose
      Når kontakten gemmes
      Så er den eneste bemærkning, at henvisningen mangler en diagnose
      Og bemærkningen er en advarsel
      Og bemærkningen er til systemleverandøren
      Og kontakten kan sendes videre

    Scenarie: Henvisningens diagnose er ikke i noget kendt kodesystem
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Sklerose"
      Og fasen er 1
      Og henvisningens diagnose er SKLEROSE
      Når kontakten gemmes
      Så er den eneste bemærkning, at henvisningen mangler en diagnose

    Scenarie: Et kendt kodesystem er nok, også når det ikke er nævnt hvilket
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Sklerose"
      Og fasen er 1
      Og henvisningens diagnose er DG35
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at henvisningen mangler en diagnose
      Men den eneste bemærkning er, at diagnosen opsamles fra henvisningen

    Scenarie: En diagnose, der ikke hører til noget forløb, er også en diagnose
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Sklerose"
      Og fasen er 1
      Og henvisningens diagnose er DE10 angivet som SKS
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at henvisningen mangler en diagnose
      Men den eneste bemærkning er, at diagnosen opsamles fra henvisningen

  Regel: Henvisningens diagnose og forløbet skal passe sammen

    Abstrakt Scenario: Henvisningens diagnose hører til et andet forløb
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "<forløb>"
      Og fasen er <fase>
      Og henvisningens diagnose er <kode>
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | henvisningens diagnose hører til et andet forløb |
        | diagnosen opsamles fra henvisningen              |
      Og en af bemærkningerne er, at henvisningens diagnose hører til et andet forløb
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og bemærkningen gælder <kode>

      Eksempler:
        | forløb              | fase        | kode  |
        | Sklerose            | 1           | DG20  |
        | Sklerose            | 1           | N87   |
        | Sklerose            | 1           | DI60  |
        | Sklerose            | 1           | DI61  |
        | Sklerose            | 1           | DI62  |
        | Sklerose            | 1           | DI63  |
        | Sklerose            | 1           | DI64  |
        | Sklerose            | 1           | DI69  |
        | Sklerose            | 1           | K90   |
        | Sklerose            | 1           | K91   |
        | Sklerose            | 1           | DM05  |
        | Sklerose            | 1           | DM06  |
        | Sklerose            | 1           | L88   |
        | Parkinson           | 1           | DG35  |
        | Parkinson           | 1           | N86   |
        | Parkinson           | 1           | DI639 |
        | Følger efter stroke | ikke oplyst | DM069 |
        | Kronisk leddegigt   | ikke oplyst | DG20  |

    Scenarie: Patienten er henvist med flere diagnoser, og en af dem er forløbets
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Parkinson"
      Og fasen er 1
      Og henvisningens diagnoser er DI69 og DG20
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at henvisningens diagnose hører til et andet forløb
      Men den eneste bemærkning er, at diagnosen opsamles fra henvisningen

  Regel: Sklerose og Parkinson inddeles i fase 1 til 5

    Abstrakt Scenario: Faserne 1 til 5 findes
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "<forløb>"
      Og fasen er <fase>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at fasen mangler
      Og kontakten giver ikke bemærkningen om, at fasen ikke findes
      Men den eneste bemærkning er, at diagnosen opsamles fra henvisningen

      Eksempler:
        | forløb    | fase |
        | Sklerose  | 1    |
        | Sklerose  | 2    |
        | Sklerose  | 3    |
        | Sklerose  | 4    |
        | Sklerose  | 5    |
        | Parkinson | 1    |
        | Parkinson | 2    |
        | Parkinson | 3    |
        | Parkinson | 4    |
        | Parkinson | 5    |

    Abstrakt Scenario: Fasen er ikke oplyst
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "<forløb>"
      Og fasen er ikke oplyst
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | fasen mangler                       |
        | diagnosen opsamles fra henvisningen |
      Og en af bemærkningerne er, at fasen mangler
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren

      Eksempler:
        | forløb    |
        | Sklerose  |
        | Parkinson |

    Abstrakt Scenario: Fasen ligger uden for 1 til 5
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "<forløb>"
      Og fasen er <fase>
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | fasen ikke findes                   |
        | diagnosen opsamles fra henvisningen |
      Og en af bemærkningerne er, at fasen ikke findes
      Og bemærkningen er en fejl
      Og bemærkningen vises for klinikeren
      Og kontakten kan sendes videre

      Eksempler:
        | forløb    | fase |
        | Sklerose  | 0    |
        | Sklerose  | 6    |
        | Parkinson | 0    |
        | Parkinson | 6    |

    Abstrakt Scenario: De andre forløb har ingen faser
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "<forløb>"
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at fasen mangler
      Men den eneste bemærkning er, at diagnosen opsamles fra henvisningen

      Eksempler:
        | forløb              |
        | Følger efter stroke |
        | Kronisk leddegigt   |

  Regel: De primære ydelser ved Parkinson følger fasen og er vejledende

    Abstrakt Scenario: Fasens primære ydelser
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Parkinson"
      Og fasen er <fase>
      Og ydelserne er <ydelser>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at ydelsen ikke er blandt fasens primære
      Men den eneste bemærkning er, at diagnosen opsamles fra henvisningen

      Eksempler:
        | fase | ydelser                                                                                                |
        | 1    | superviseret selvtræning, selvtræning, digital opfølgning og holdkonsultation                          |
        | 2    | holdkonsultation, superviseret selvtræning, selvtræning og digital opfølgning                          |
        | 3    | holdkonsultation, superviseret selvtræning, individuel konsultation, selvtræning og digital opfølgning |
        | 4    | individuel konsultation, holdkonsultation, selvtræning og videokonsultation                            |
        | 5    | individuel konsultation, tværsektorielt samarbejde, digital opfølgning og videokonsultation            |

    Abstrakt Scenario: En ydelse, som fasen ikke nævner
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Parkinson"
      Og fasen er <fase>
      Og ydelsen er <ydelse>
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | diagnosen opsamles fra henvisningen   |
        | ydelsen ikke er blandt fasens primære |
      Og en af bemærkningerne er, at ydelsen ikke er blandt fasens primære
      Og bemærkningen er en oplysning
      Og bemærkningen gemmes kun som data

      Eksempler:
        | fase | ydelse                    |
        | 1    | individuel konsultation   |
        | 1    | videokonsultation         |
        | 1    | undersøgelse              |
        | 2    | individuel konsultation   |
        | 2    | tværsektorielt samarbejde |
        | 3    | videokonsultation         |
        | 3    | tværsektorielt samarbejde |
        | 4    | superviseret selvtræning  |
        | 4    | digital opfølgning        |
        | 5    | holdkonsultation          |
        | 5    | selvtræning               |
        | 5    | hjemmebesøg               |

    Scenarie: Uden en fase siges der intet om ydelserne
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Parkinson"
      Og ydelsen er videokonsultation
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at ydelsen ikke er blandt fasens primære

    Scenarie: Ved sklerose er der ingen liste over primære ydelser
      Givet en kontakt i speciale 62 den 1. marts 2027
      Og forløbet er "Sklerose"
      Og fasen er 1
      Og ydelsen er videokonsultation
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at ydelsen ikke er blandt fasens primære
