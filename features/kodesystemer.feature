# language: da
Egenskab: Diagnoser i andre kodesystemer end ICPC-2
  Et journalsystem kan sende en diagnose i SNOMED CT, FSIII eller et andet kodesystem ved siden af ICPC-2.
  Sådan en diagnose holdes ude, og resten af kontakten bedømmes. At noget mangler, kan da ikke sluttes.

  Regel: Diagnosen holdes ude, og leverandøren får det at vide

    Scenarie: En diagnose i SNOMED CT ved siden af forløbets kode
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L90
      Og bidiagnosen er 239873007 angivet som SNOMED
      Når kontakten gemmes
      Så er den eneste bemærkning, at kodesystemet ikke kendes
      Og bemærkningen er en advarsel
      Og bemærkningen er til systemleverandøren
      Og bemærkningen gælder 239873007
      Og der foreslås ikke noget andet
      Og kontakten kan sendes videre

    Scenarie: Resten bedømmes
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L92
      Og bidiagnosen er 239873007 angivet som SNOMED
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | hoveddiagnosen ikke hører til forløbet |
        | kodesystemet ikke kendes               |

  Regel: Hvad der mangler, kan ikke sluttes

    Scenarie: Den eneste diagnose er i et ukendt kodesystem
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er 239873007 angivet som SNOMED
      Når kontakten gemmes
      Så er den eneste bemærkning, at kodesystemet ikke kendes

    Scenarie: Den tidligere diagnose er i et ukendt kodesystem
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og en tidligere kontakt i forløbet har hoveddiagnosen 239873007 angivet som SNOMED
      Når kontakten gemmes
      Så er den eneste bemærkning, at kodesystemet ikke kendes

    Scenarie: En gemt diagnose i et ukendt kodesystem er ikke slettet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og kontakten er tidligere gemt med bidiagnosen 239873007 angivet som SNOMED
      Og hoveddiagnosen er L92
      Når kontakten gemmes
      Så er den eneste bemærkning, at kodesystemet ikke kendes

    Scenarie: Henvisningens diagnose er i et ukendt kodesystem
      Givet en kontakt i speciale 62 den 14. oktober 2026
      Og forløbet er "Følger efter stroke"
      Og henvisningens diagnose er 230690007 angivet som SNOMED
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at henvisningen mangler en diagnose
      Men en af bemærkningerne er, at kodesystemet ikke kendes

  Regel: Et kodesystem, som Kodevagt kender, giver ingen bemærkning

    Scenarie: ICPC-2 er angivet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L90 angivet som ICPC-2
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at kodesystemet ikke kendes
      Og der er ingen bemærkninger

  Regel: En SKS-kode ved siden af sin ICPC-2-kode er den samme diagnose

    Abstrakt Scenario: Parret giver ingen bemærkning
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og <rolle af L90> er L90
      Og <rolle af koden> er <kode> angivet som <system>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at der er mere end én hoveddiagnose
      Og der er ingen bemærkninger

      Eksempler:
        | rolle af L90   | rolle af koden | kode  | system |
        | hoveddiagnosen | hoveddiagnosen | DM171 | SKS    |
        | hoveddiagnosen | hoveddiagnosen | M17.1 | ICD-10 |
        | hoveddiagnosen | bidiagnosen    | DM171 | SKS    |
        | bidiagnosen    | hoveddiagnosen | DM171 | SKS    |
        | diagnosen      | diagnosen      | DM171 | SKS    |

    Scenarie: SKS-koden hører ikke til ICPC-2-koden
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L90
      Og hoveddiagnosen er DM545 angivet som SKS
      Når kontakten gemmes
      Så er den eneste bemærkning, at der er mere end én hoveddiagnose

    Scenarie: Uden angivet kodesystem hører SKS-koden til et andet kodesystem
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L90
      Og bidiagnosen er DM171
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden hører til et andet kodesystem
