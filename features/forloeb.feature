# language: da
Egenskab: Hoveddiagnosen på de strukturerede forløb i speciale 51
  På de strukturerede forløb i speciale 51 er der kodepligt for hoveddiagnosen.
  Koden tastes én gang i forløbet, og hvert forløb har sin egen kode eller sine egne koder.
  Kilde: EKM, gå-hjem-møde, sidst i 2024 (ubekræftet).

  Regel: Forløbets kode er hoveddiagnosen

    Abstrakt Scenario: Forløbets kode godtages
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er der ingen bemærkninger
      Og kontakten kan sendes videre

      Eksempler:
        | forløb                              | kode |
        | Nerverodspåvirkning, cervikal       | L83  |
        | Nerverodspåvirkning, lumbal         | L86  |
        | Artrose i knæ                       | L90  |
        | Artrose i hofte                     | L89  |
        | Artrose i knæ og hofte              | L89  |
        | Artrose i knæ og hofte              | L90  |
        | Nerverodspåvirkning i lænd og nakke | L83  |
        | Nerverodspåvirkning i lænd og nakke | L86  |

    Abstrakt Scenario: Koden godtages, men er under afklaring
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets kode er under afklaring
      Og kontakten kan sendes videre

      Eksempler:
        | forløb                | kode |
        | Lumbal spinal stenose | L84  |
        | Lumbal spinal stenose | L86  |
        | Smerter i lænderyg    | L84  |
        | Smerter i lænderyg    | L86  |
        | Smerter i lænderyg    | L03  |

    Scenarie: Kontaktens eneste diagnose er hoveddiagnosen, når systemet ikke skelner
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og diagnosen er L90
      Når kontakten gemmes
      Så er der ingen bemærkninger

  Regel: Uden hoveddiagnose foreslås alle forløbets koder

    Abstrakt Scenario: Der er slet ingen diagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler
      Og bemærkningen er en fejl
      Og bemærkningen vises for klinikeren
      Og det foreslås at tilføje <koder>
      Og kilden er "EKM, gå-hjem-møde"
      Og reglen er <status>
      Og kontakten kan sendes videre

      Eksempler:
        | forløb                              | koder              | status          |
        | Nerverodspåvirkning, cervikal       | L83                | ubekræftet      |
        | Nerverodspåvirkning, lumbal         | L86                | ubekræftet      |
        | Lumbal spinal stenose               | L84 eller L86      | under afklaring |
        | Artrose i knæ                       | L90                | ubekræftet      |
        | Artrose i hofte                     | L89                | ubekræftet      |
        | Smerter i lænderyg                  | L84, L86 eller L03 | under afklaring |
        | Artrose i knæ og hofte              | L89 eller L90      | ubekræftet      |
        | Nerverodspåvirkning i lænd og nakke | L83 eller L86      | ubekræftet      |

    Scenarie: En frivillig bidiagnose erstatter ikke hoveddiagnosen
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og bidiagnosen er L92
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler
      Og det foreslås at tilføje L90

  Regel: En hoveddiagnose uden for forløbet er en fejl

    Abstrakt Scenario: Hoveddiagnosen hører ikke til forløbet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er L92
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og bemærkningen er en fejl
      Og bemærkningen gælder L92
      Og det foreslås at skifte til <koder>
      Og kontakten kan sendes videre

      Eksempler:
        | forløb                              | koder              |
        | Nerverodspåvirkning, cervikal       | L83                |
        | Nerverodspåvirkning, lumbal         | L86                |
        | Lumbal spinal stenose               | L84 eller L86      |
        | Artrose i knæ                       | L90                |
        | Artrose i hofte                     | L89                |
        | Smerter i lænderyg                  | L84, L86 eller L03 |
        | Artrose i knæ og hofte              | L89 eller L90      |
        | Nerverodspåvirkning i lænd og nakke | L83 eller L86      |

    Scenarie: Forslaget har kodens navn med
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L92
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og forslaget hedder "Artrose i knæet"

    Scenarie: Forløbets kode giver ikke bemærkningen, heller ikke med en bidiagnose ved siden af
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L90
      Og bidiagnosen er L92
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at hoveddiagnosen ikke hører til forløbet
      Og der er ingen bemærkninger

    Scenarie: Artrose i et andet led er ikke artrose i knæet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L89
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og det foreslås at skifte til L90

  Regel: Står forløbets kode kun som bidiagnose, foreslås det at gøre den til hoveddiagnose

    Scenarie: Forløbets kode er den eneste, men står som bidiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og bidiagnosen er L90
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets kode kun står som bidiagnose
      Og bemærkningen er en fejl
      Og bemærkningen gælder L90
      Og det foreslås at gøre L90 til hoveddiagnose

    Scenarie: En anden kode har taget pladsen som hoveddiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L92
      Og bidiagnosen er L90
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets kode kun står som bidiagnose
      Og det foreslås at gøre L90 til hoveddiagnose

    Scenarie: Flere diagnoser uden angivelse af, hvilken der er hoveddiagnosen
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og diagnoserne er L92 og L90
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets kode kun står som bidiagnose
      Og det foreslås at gøre L90 til hoveddiagnose

    Scenarie: På det samlede forløb er den ene af de to koder nok
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ og hofte"
      Og hoveddiagnosen er L89
      Og bidiagnosen er L90
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at forløbets kode kun står som bidiagnose
      Og der er ingen bemærkninger

  Regel: Én hoveddiagnose er nok, undtagen når både knæ og hofte har artrose

    Scenarie: Artrose i både knæ og hofte på det samlede forløb
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ og hofte"
      Og hoveddiagnoserne er L89 og L90
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at der er mere end én hoveddiagnose
      Og der er ingen bemærkninger

    Scenarie: Det samme gælder før forløbets start
      Givet en kontakt i speciale 51 den 31. marts 2025
      Og forløbet er "Artrose i knæ og hofte"
      Og hoveddiagnoserne er L89 og L90
      Når kontakten gemmes
      Så er den eneste bemærkning, at kontakten ligger før forløbets start

    Abstrakt Scenario: To hoveddiagnoser på de andre forløb
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnoserne er <koder>
      Når kontakten gemmes
      Så er den eneste bemærkning, at der er mere end én hoveddiagnose
      Og bemærkningen er en fejl
      Og der foreslås ikke noget andet

      Eksempler:
        | forløb                              | koder      |
        | Artrose i knæ                       | L90 og L89 |
        | Artrose i knæ og hofte              | L90 og L92 |
        | Lumbal spinal stenose               | L84 og L03 |
        | Nerverodspåvirkning i lænd og nakke | L83 og L86 |

  Regel: Koden tastes én gang i forløbet

    Abstrakt Scenario: Koden står ved en tidligere kontakt
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og en tidligere kontakt i forløbet har hoveddiagnosen <kode>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at hoveddiagnosen mangler
      Og der er ingen bemærkninger

      Eksempler:
        | forløb                              | kode |
        | Nerverodspåvirkning, cervikal       | L83  |
        | Nerverodspåvirkning, lumbal         | L86  |
        | Lumbal spinal stenose               | L86  |
        | Artrose i knæ                       | L90  |
        | Artrose i hofte                     | L89  |
        | Smerter i lænderyg                  | L03  |
        | Artrose i knæ og hofte              | L89  |
        | Nerverodspåvirkning i lænd og nakke | L83  |

    Scenarie: En frivillig bidiagnose kan føjes til ved en senere kontakt
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og en tidligere kontakt i forløbet har hoveddiagnosen L90
      Og bidiagnosen er L15
      Når kontakten gemmes
      Så er der ingen bemærkninger

    Scenarie: En anden kode ved en tidligere kontakt er ikke nok
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og en tidligere kontakt i forløbet har hoveddiagnosen L15
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler
      Og det foreslås at tilføje L90

    Scenarie: En ny hoveddiagnose skal stadig høre til forløbet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og en tidligere kontakt i forløbet har hoveddiagnosen L90
      Og hoveddiagnosen er L92
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og det foreslås at skifte til L90
