# language: da
Egenskab: Koden og det, der er noteret om patienten, modsiger hinanden
  Kliniske modsigelser stopper aldrig kodningen: klinikeren kan beholde koden med en begrundelse.
  Det, der ikke er noteret, giver ingen bemærkning, og en kode, som forløbet selv nævner, modsiges ikke.

  Regel: L84 er uden udstråling, L86 er med

    Abstrakt Scenario: Koden passer ikke til den noterede udstråling
      Givet en kontakt i speciale 51 den <dag>
      Og <diagnosen> er <kode>
      Og det er noteret, at smerten <udstråling>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke passer til udstrålingen
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og bemærkningen gælder <kode>
      Og det foreslås at skifte til <forslag>
      Og kilden er "ICPC-2, rubrikkernes afgrænsning"
      Og reglen er besluttet
      Og kontakten kan sendes videre

      Eksempler:
        | dag              | diagnosen      | kode | udstråling      | forslag |
        | 14. oktober 2025 | hoveddiagnosen | L84  | stråler ud      | L86     |
        | 14. oktober 2025 | hoveddiagnosen | L86  | ikke stråler ud | L84     |
        | 14. oktober 2025 | bidiagnosen    | L84  | stråler ud      | L86     |
        | 14. oktober 2025 | bidiagnosen    | L86  | ikke stråler ud | L84     |
        | 1. februar 2019  | hoveddiagnosen | L84  | stråler ud      | L86     |

    Abstrakt Scenario: Koden passer til den noterede udstråling
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og det er noteret, at smerten <udstråling>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke passer til udstrålingen
      Og der er ingen bemærkninger

      Eksempler:
        | kode | udstråling      |
        | L84  | ikke stråler ud |
        | L86  | stråler ud      |
        | L83  | stråler ud      |
        | L03  | stråler ud      |

    Scenarie: Udstråling er ikke noteret
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke passer til udstrålingen
      Og der er ingen bemærkninger

    Scenarie: Forløbet nævner selv koden
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Nerverodspåvirkning, lumbal"
      Og hoveddiagnosen er L86
      Og det er noteret, at smerten ikke stråler ud
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke passer til udstrålingen
      Og der er ingen bemærkninger

  Regel: L90 er knæet, L89 er hoften

    Abstrakt Scenario: Kun det andet led er noteret
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og de noterede led er <led>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke passer til det berørte led
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og det foreslås at skifte til <forslag>
      Og kontakten kan sendes videre

      Eksempler:
        | kode | led            | forslag |
        | L90  | hofte          | L89     |
        | L90  | hofte og ryg   | L89     |
        | L89  | knæ            | L90     |
        | L89  | knæ og skulder | L90     |

    Abstrakt Scenario: Kodens led er noteret, eller slet ikke det andet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og de noterede led er <led>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke passer til det berørte led
      Og der er ingen bemærkninger

      Eksempler:
        | kode | led                                  |
        | L90  | knæ                                  |
        | L90  | hofte og knæ                         |
        | L89  | hofte                                |
        | L89  | hofte og knæ                         |
        | L90  | ryg                                  |
        | L91  | hofte                                |
        | L89  | skulder, albue, hånd, ankel og nakke |

    Scenarie: Ingen led er berørt
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L90
      Og det er noteret, at ingen led er berørt
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke passer til det berørte led
      Og der er ingen bemærkninger

    Abstrakt Scenario: Forløbet nævner selv koden for leddet
      Givet en kontakt i speciale 51 den <dag>
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode>
      Og det noterede led er <led>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke passer til det berørte led

      Eksempler:
        | dag              | forløb                 | kode | led   |
        | 14. oktober 2025 | Artrose i knæ          | L90  | hofte |
        | 14. oktober 2025 | Artrose i hofte        | L89  | knæ   |
        | 14. oktober 2025 | Artrose i knæ og hofte | L89  | knæ   |
        | 31. marts 2025   | Artrose i knæ          | L90  | hofte |

  Regel: L84 og L86 står sjældent sammen, men begge kan være rigtige

    Abstrakt Scenario: Begge koder er tastet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <hoveddiagnose>
      Og bidiagnosen er <bidiagnose>
      Når kontakten gemmes
      Så er den eneste bemærkning, at to koder sjældent bruges sammen
      Og bemærkningen er en oplysning
      Og bemærkningen vises for klinikeren
      Og der foreslås ikke noget andet

      Eksempler:
        | hoveddiagnose | bidiagnose |
        | L84           | L86        |
        | L86           | L84        |

    Abstrakt Scenario: Kun den ene er tastet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <hoveddiagnose>
      Og bidiagnosen er L03
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at to koder sjældent bruges sammen
      Og der er ingen bemærkninger

      Eksempler:
        | hoveddiagnose |
        | L84           |
        | L86           |

  Regel: Kapitel W og X er for kvinder, kapitel Y for mænd

    Abstrakt Scenario: Koden hører til det andet køn
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og patientens køn er <køn>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke passer til patientens køn
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og det foreslås at skifte til <forslag>
      Og kontakten kan sendes videre

      Eksempler:
        | kode | køn    | forslag |
        | X76  | mand   | Y78     |
        | Y78  | kvinde | X76     |

    Abstrakt Scenario: Koden hører til det andet køn og har ingen tilsvarende
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og patientens køn er <køn>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke passer til patientens køn
      Og der foreslås ikke noget andet

      Eksempler:
        | kode | køn    |
        | W78  | mand   |
        | X11  | mand   |
        | Y77  | kvinde |

    Abstrakt Scenario: Kønnet passer til koden, eller det er andet eller ukendt
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og patientens køn er <køn>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke passer til patientens køn
      Og der er ingen bemærkninger

      Eksempler:
        | kode | køn    |
        | X76  | kvinde |
        | X76  | andet  |
        | X76  | ukendt |
        | W78  | kvinde |
        | W78  | ukendt |
        | Y78  | mand   |
        | Y78  | andet  |
        | Y78  | ukendt |
        | L90  | mand   |
        | L90  | kvinde |

  Regel: En usædvanlig alder nævnes, men er ingen fejl

    Abstrakt Scenario: Patienten er usædvanlig ung til koden
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og patientens alder er <alder> år
      Når kontakten gemmes
      Så er den eneste bemærkning, at alderen er usædvanlig
      Og bemærkningen er en oplysning
      Og bemærkningen vises for klinikeren
      Og reglen er ubekræftet

      Eksempler:
        | kode | alder |
        | L89  | 17    |
        | L90  | 17    |
        | L95  | 29    |

    Abstrakt Scenario: Patienten er gammel nok til koden
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og patientens alder er <alder> år
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at alderen er usædvanlig
      Og der er ingen bemærkninger

      Eksempler:
        | kode | alder |
        | L89  | 18    |
        | L90  | 18    |
        | L95  | 30    |
        | L92  | 12    |

    Scenarie: Lumbal spinal stenose under 30 år
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Lumbal spinal stenose"
      Og hoveddiagnosen er L84
      Og patientens alder er 29 år
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | alderen er usædvanlig             |
        | forløbets kode er under afklaring |

    Scenarie: Lumbal spinal stenose fra 30 år
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Lumbal spinal stenose"
      Og hoveddiagnosen er L84
      Og patientens alder er 30 år
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at alderen er usædvanlig
      Men den eneste bemærkning er, at forløbets kode er under afklaring

  Regel: En restkode siger kun lidt som hoveddiagnose

    Abstrakt Scenario: Restkoden er hoveddiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen er en restkode
      Og bemærkningen er en oplysning
      Og bemærkningen gemmes kun som data

      Eksempler:
        | kode |
        | A29  |
        | A99  |
        | L29  |

    Abstrakt Scenario: Andre koder på 99 er ofte de rigtige
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at hoveddiagnosen er en restkode
      Og der er ingen bemærkninger

      Eksempler:
        | kode |
        | L99  |
        | N99  |

    Abstrakt Scenario: Restkoden er bidiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L92
      Og bidiagnosen er <kode>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at hoveddiagnosen er en restkode
      Og der er ingen bemærkninger

      Eksempler:
        | kode |
        | A29  |
        | A99  |
        | L29  |

  Regel: Fra sjette kontakt spørges der, om symptomet har fået en diagnose

    Abstrakt Scenario: Symptomkoden står stadig som hoveddiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og det er kontakt nummer <nummer> i forløbet
      Når kontakten gemmes
      Så er den eneste bemærkning, at symptomkoden har stået længe
      Og bemærkningen er en oplysning
      Og bemærkningen vises for klinikeren
      Og det foreslås at skifte til <forslag>
      Og reglen er ubekræftet

      Eksempler:
        | kode | nummer | forslag |
        | L15  | 6      | L90     |
        | L13  | 6      | L89     |
        | L08  | 6      | L92     |
        | L15  | 7      | L90     |
        | L13  | 20     | L89     |

    Abstrakt Scenario: Der er gået færre end seks kontakter
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Og det er kontakt nummer <nummer> i forløbet
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at symptomkoden har stået længe
      Og der er ingen bemærkninger

      Eksempler:
        | kode | nummer |
        | L15  | 5      |
        | L13  | 5      |
        | L08  | 5      |
        | L15  | 1      |

    Abstrakt Scenario: Diagnosen er stillet, eller symptomet er et andet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <hoveddiagnose>
      Og bidiagnosen er <bidiagnose>
      Og det er kontakt nummer 8 i forløbet
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at symptomkoden har stået længe
      Og der er ingen bemærkninger

      Eksempler:
        | hoveddiagnose | bidiagnose |
        | L90           | L15        |
        | L92           | L08        |
        | L03           | L14        |

    Scenarie: Kontaktens nummer er ikke oplyst
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L15
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at symptomkoden har stået længe
      Og der er ingen bemærkninger

    Scenarie: Der foreslås ikke en kode, som forløbet ikke godtager
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i hofte"
      Og hoveddiagnosen er L15
      Og det er kontakt nummer 6 i forløbet
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | hoveddiagnosen ikke hører til forløbet |
        | symptomkoden har stået længe           |
      Og en af bemærkningerne er, at symptomkoden har stået længe
      Og der foreslås ikke noget andet
