# language: da
Egenskab: Koden skal findes, gælde og være en diagnose
  En kode, der ikke kan læses, stopper kun kodningen. Notatet kan og skal altid gemmes.
  Er koden ikke læselig, siges der ikke andet om den: én fejl giver én bemærkning.

  Regel: En kode, der ikke findes i ICPC-2, kan ikke sendes videre

    Abstrakt Scenario: Koden findes ikke, og koder, der ligner, foreslås
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og bemærkningen er en fejl
      Og bemærkningen vises for klinikeren
      Og det foreslås at skifte til <forslag>
      Og kodningen er ikke klar til at blive sendt videre
      Og forklaringen siger "notatet kan og skal altid gemmes"

      Eksempler:
        | kode | forslag                      |
        | L21  | L20, L26, L27, L28 eller L29 |
        | L06  | L05, L07, L04, L08 eller L03 |
        | L999 | L99, L98, L97, L96 eller L95 |
        | A12  | A11, A13, A10, A16 eller A18 |
        | N02  | N01, N03, N04, N05 eller N06 |

    Abstrakt Scenario: Koder fra ældre og fremmede udgaver findes ikke
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og kodningen er ikke klar til at blive sendt videre

      Eksempler: Fra ICPC-1
        | kode |
        | A12  |
        | A14  |
        | A15  |
        | A17  |
        | B03  |

      Eksempler: Norske koder på fire tegn
        | kode |
        | D991 |
        | R991 |
        | U891 |
        | W781 |

      Eksempler: Danske overskrifter
        | kode |
        | A00  |
        | B00  |

    Scenarie: Koden findes ikke, og intet ligner
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er 123
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og der foreslås ikke noget andet

    Scenarie: En fejl i koden giver ikke også en fejl i forløbet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L9
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og det foreslås at skifte til L90

    Scenarie: Der foreslås kun koder, som forløbet godtager
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Nerverodspåvirkning, lumbal"
      Og hoveddiagnosen er L8
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og det foreslås at skifte til L86

    Scenarie: En bidiagnose, der ikke findes, lader hoveddiagnosen være
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L90
      Og bidiagnosen er L21
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og bemærkningen gælder L21

    Scenarie: En kode, der findes, giver ikke bemærkningen
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L20
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke findes
      Og der er ingen bemærkninger

  Regel: En kode fra et andet kodesystem oversættes til et forslag

    Abstrakt Scenario: Koder fra ICD-10, SKS og KVÅ i feltet til ICPC-2
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden hører til et andet kodesystem
      Og bemærkningen er en fejl
      Og bemærkningen vises for klinikeren
      Og det foreslås at skifte til <forslag>
      Og kodningen er ikke klar til at blive sendt videre
      Og forklaringen siger "notatet kan og skal altid gemmes"

      Eksempler:
        | kode  | forslag       |
        | M17.1 | L90           |
        | M171  | L90           |
        | DM171 | L90           |
        | DM17  | L90           |
        | M16   | L89           |
        | M54.5 | L03           |
        | DM544 | L86           |
        | M51.1 | L86           |
        | M48.0 | L84 eller L83 |
        | M75   | L92           |
        | G35   | N86           |
        | G20   | N87           |
        | Q90   | A90           |

    Abstrakt Scenario: Sygehusets koder deler WHO's koder yderligere op
      SKS lukker en kategori, som WHO ikke deler, med 9, og sætter bogstaver, tal og tillægskoder efter.

      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden hører til et andet kodesystem
      Og det foreslås at skifte til <forslag>

      Eksempler:
        | kode       | forslag |
        | DI109      | K86     |
        | DM177      | L90     |
        | DG359A     | N86     |
        | DM073A     | L99     |
        | DS721+TUL1 | L75     |

    Scenarie: En kode, der ikke kan oversættes
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er AN031
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden hører til et andet kodesystem
      Og der foreslås ikke noget andet

    Scenarie: Forslaget skal passe til forløbet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i hofte"
      Og hoveddiagnosen er M17.1
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden hører til et andet kodesystem
      Og der foreslås ikke noget andet

    Abstrakt Scenario: En ICPC-2-kode, som systemet har angivet som ICD-10
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode> angivet som ICD-10
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden hører til et andet kodesystem
      Og det foreslås at skifte til <kode>

      Eksempler:
        | forløb                        | kode |
        | Artrose i knæ                 | L90  |
        | Artrose i hofte               | L89  |
        | Nerverodspåvirkning, cervikal | L83  |
        | Smerter i lænderyg            | L03  |

    Scenarie: Det samme uden et forløb
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L15 angivet som ICD-10
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden hører til et andet kodesystem
      Og det foreslås at skifte til L15

    Abstrakt Scenario: En kode, der er rigtigt angivet, giver ikke bemærkningen
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode> angivet som <kodesystem>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden hører til et andet kodesystem
      Og der er ingen bemærkninger

      Eksempler:
        | kode  | kodesystem |
        | L90   | ICPC-2     |
        | M17.1 | ICD-10     |
        | DM171 | SKS        |
        | DM177 | SKS        |
        | DI109 | SKS        |
        | DG359A | SKS        |
        | DS721+TUL1 | SKS        |

    Abstrakt Scenario: En kode, der ikke findes i det angivne kodesystem
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode> angivet som <kodesystem>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og der foreslås ikke noget andet

      Eksempler:
        | kode  | kodesystem |
        | M99X  | ICD-10     |
        | DX171 | SKS        |
        | DM27  | SKS        |
        | DM279 | SKS        |
        | DW190 | SKS        |

    Scenarie: En ICD-10-kode er ikke forløbets hoveddiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er M17.1 angivet som ICD-10
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og det foreslås at skifte til L90

  Regel: En proceskode siger, hvad der gøres, og er ikke en diagnose

    Abstrakt Scenario: De ni proceskoder, som bruges i Danmark, giver kun en advarsel
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden er en proceskode
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og der foreslås ikke noget andet
      Og kontakten kan sendes videre

      Eksempler:
        | kode |
        | A30  |
        | A31  |
        | A43  |
        | A44  |
        | A45  |
        | A49  |
        | A62  |
        | W30  |
        | X37  |

    Abstrakt Scenario: Andre proceskoder kan ikke sendes videre
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden er en proceskode
      Og bemærkningen er en fejl
      Og kodningen er ikke klar til at blive sendt videre
      Og forklaringen siger "notatet kan og skal altid gemmes"

      Eksempler:
        | kode |
        | -30  |
        | -45  |
        | -69  |
        | L30  |
        | L57  |
        | L69  |
        | K31  |
        | A32  |

    Abstrakt Scenario: Koder lige uden for proceskoderne giver ikke bemærkningen
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L92
      Og bidiagnosen er <kode>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden er en proceskode
      Og der er ingen bemærkninger

      Eksempler:
        | kode |
        | L29  |
        | L70  |

  Regel: En kode, der er taget ud af brug, gælder ikke på senere kontakter

    Abstrakt Scenario: Uden for kodens periode
      Givet et kodekatalog, hvor L99 gælder fra 1. januar 2025 til 31. december 2025
      Og en kontakt i speciale 51 den <dag>
      Og hoveddiagnosen er L99
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke gælder på kontaktens dato
      Og bemærkningen er en fejl
      Og bemærkningen vises for klinikeren
      Og der foreslås ikke noget andet
      Og kodningen er ikke klar til at blive sendt videre
      Og forklaringen siger "notatet kan og skal altid gemmes"

      Eksempler:
        | dag               |
        | 31. december 2024 |
        | 1. januar 2026    |

    Abstrakt Scenario: På kodens første og sidste dag
      Givet et kodekatalog, hvor L99 gælder fra 1. januar 2025 til 31. december 2025
      Og en kontakt i speciale 51 den <dag>
      Og hoveddiagnosen er L99
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke gælder på kontaktens dato
      Og der er ingen bemærkninger

      Eksempler:
        | dag               |
        | 1. januar 2025    |
        | 31. december 2025 |

    Scenarie: En kode, der følger med fra en tidligere kontakt, kan blive stående
      Givet et kodekatalog, hvor L99 gælder fra 1. januar 2025 til 31. december 2025
      Og en kontakt i speciale 51 den 1. januar 2026
      Og en tidligere kontakt i forløbet har hoveddiagnosen L99
      Og hoveddiagnosen er L99
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden ikke gælder på kontaktens dato
      Og der er ingen bemærkninger

  Regel: Små bogstaver og blanktegn rettes, uden at klinikeren forstyrres

    Abstrakt Scenario: Koden læses, som den var ment
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er "<skrevet>"
      Når kontakten gemmes
      Så er den eneste bemærkning, at kodens skrivemåde er rettet
      Og bemærkningen er en oplysning
      Og bemærkningen gemmes kun som data
      Og bemærkningen begynder med "Koden blev læst som L90"

      Eksempler:
        | skrevet |
        | l90     |
        | L 90    |
        | l 9 0   |

    Scenarie: En kode i den rette form giver ikke bemærkningen
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L90
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at kodens skrivemåde er rettet
      Og der er ingen bemærkninger

    Scenarie: En kode, der heller ikke findes i den rette form, giver kun den bemærkning
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er "l 21"
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes

  Regel: Et tegn, der ikke kan ses eller kun ligner, nævnes, som det er

    Abstrakt Scenario: Et usynligt tegn er fulgt med en kode, der blev kopieret
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84 med tegnet <tegn> til sidst
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og bemærkningen begynder med "Koden L84 indeholder et usynligt tegn (<tegn>)"
      Og bemærkningen vises for klinikeren
      Og det foreslås at skifte til L84
      Og kodningen er ikke klar til at blive sendt videre
      Og forklaringen siger "notatet kan og skal altid gemmes"

      Eksempler:
        | tegn   |
        | U+200B |
        | U+200D |
        | U+00AD |
        | U+FEFF |
        | U+200F |
        | U+FE0F |

    Abstrakt Scenario: Et bogstav eller et ciffer hører til et andet alfabet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <skrevet>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og bemærkningen begynder med "Koden <kode> indeholder det <tegn>"
      Og det foreslås at skifte til <forslag>

      Eksempler:
        | skrevet | kode  | tegn                                  | forslag |
        | Ｌ84     | L84   | brede Ｌ (U+FF2C) i stedet for L       | L84     |
        | L8٤     | L84   | arabiske ٤ (U+0664) i stedet for 4    | L84     |
        | Ν86     | N86   | græske Ν (U+039D) i stedet for N      | N86     |
        | М17.1   | M17.1 | kyrilliske М (U+041C) i stedet for M  | L90     |
        | 𝐋84     | L84   | matematiske 𝐋 (U+1D40B) i stedet for L | L84     |

    Scenarie: En kode, der er skrevet på tastaturet, giver ikke bemærkningen
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Når kontakten gemmes
      Så er der ingen bemærkninger

  Regel: Den samme kode står kun én gang

    Scenarie: Hoveddiagnosen står også som bidiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L90
      Og bidiagnosen er L90
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden er gentaget
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og det foreslås at fjerne L90
      Og kontakten kan sendes videre

    Scenarie: Den samme hoveddiagnose to gange er en gentagelse og ikke to hoveddiagnoser
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnoserne er L92 og L92
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden er gentaget

    Scenarie: Gentaget med små bogstaver
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L92
      Og bidiagnosen er l92
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | koden er gentaget           |
        | kodens skrivemåde er rettet |

    Scenarie: To forskellige koder giver ikke bemærkningen
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L92
      Og bidiagnosen er L93
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at koden er gentaget
      Og der er ingen bemærkninger

  Regel: En kontakt har én hoveddiagnose

    Scenarie: To hoveddiagnoser
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnoserne er L92 og L93
      Når kontakten gemmes
      Så er den eneste bemærkning, at der er mere end én hoveddiagnose
      Og bemærkningen er en fejl
      Og bemærkningen vises for klinikeren
      Og kontakten kan sendes videre

    Scenarie: En hoveddiagnose og flere bidiagnoser
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L92
      Og bidiagnoserne er L93 og L01
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at der er mere end én hoveddiagnose
      Og der er ingen bemærkninger

  Regel: Forløbet skal findes og høre til specialet

    Abstrakt Scenario: Forløbet hører til et andet speciale
      Givet en kontakt i speciale <speciale> den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er L92
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbet hører til et andet speciale
      Og bemærkningen er en fejl
      Og bemærkningen vises for klinikeren
      Og kontakten kan sendes videre

      Eksempler:
        | speciale | forløb        |
        | 62       | Artrose i knæ |
        | 57       | Artrose i knæ |
        | 51       | Parkinson     |
        | 65       | Sklerose      |

    Scenarie: Når forløbet hører til et andet speciale, siges der ikke andet om forløbet
      Givet en kontakt i speciale 62 den 14. oktober 2025
      Og forløbet er "Lumbal spinal stenose"
      Og patientens alder er 20 år
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbet hører til et andet speciale

    Abstrakt Scenario: Forløbet hører til kontaktens speciale
      Givet en kontakt i speciale <speciale> den 14. oktober 2025
      Og forløbet er "<forløb>"
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at forløbet hører til et andet speciale
      Og kontakten giver ikke bemærkningen om, at forløbet ikke kendes
      Og kontakten giver ikke bemærkningen om, at specialet ikke kendes

      Eksempler:
        | speciale | forløb        |
        | 51       | Artrose i knæ |
        | 62       | Parkinson     |

    Scenarie: Systemet kalder forløbet noget, som ikke findes
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og systemet kalder forløbet "artrose i knæet"
      Og hoveddiagnosen er L90
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbet ikke kendes
      Og bemærkningen er en fejl
      Og bemærkningen er til systemleverandøren
      Og det foreslås at vælge forløbet "Artrose i knæ" eller "Artrose i knæ og hofte"

    Scenarie: Systemet kalder forløbet noget, som ikke ligner
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og systemet kalder forløbet "xyz"
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbet ikke kendes
      Og der foreslås ikke noget andet

    Scenarie: Specialet findes ikke
      Givet en kontakt i speciale 99 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Når kontakten gemmes
      Så er den eneste bemærkning, at specialet ikke kendes
      Og bemærkningen er en fejl
      Og bemærkningen er til systemleverandøren
      Og kontakten kan sendes videre

  Regel: Et felt, som aftalen ikke kender, bruges ikke, men nævnes

    Scenarie: Systemet har stavet et felt forkert
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og systemet sender også feltet "forloeb"
      Når kontakten gemmes
      Så er den eneste bemærkning, at systemet har sendt et ukendt felt
      Og bemærkningen er en oplysning
      Og bemærkningen er til systemleverandøren

    Scenarie: Alle felter er kendte
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L92
      Og patientens alder er 67 år
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at systemet har sendt et ukendt felt
      Og der er ingen bemærkninger
