# language: da
Egenskab: Et forløb kan begynde med en symptomkode
  EKM's side om diagnosekodning siger, at man eventuelt kan starte med en symptomkode og skifte til sygdomskoden.
  Den gældende udgave af reglerne følger EKM's gå-hjem-møde og godtager det ikke. Kladden ekm-2025-06 følger siden (ubekræftet).

  Regel: Hvor forløbet må begynde med en symptomkode, er den en advarsel og ingen fejl

    Abstrakt Scenario: Symptomkoden er fra samme region
      Givet at kladden "ekm-2025-06" er gjort gældende
      Og en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbet er begyndt med en symptomkode
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og bemærkningen gælder <kode>
      Og der foreslås ikke noget andet
      Og kilden er "EKM, side om diagnosekodning"
      Og reglen er ubekræftet
      Og kontakten kan sendes videre

      Eksempler:
        | forløb                              | kode |
        | Artrose i knæ                       | L15  |
        | Artrose i hofte                     | L13  |
        | Artrose i knæ og hofte              | L15  |
        | Artrose i knæ og hofte              | L13  |
        | Nerverodspåvirkning, cervikal       | L01  |
        | Nerverodspåvirkning, lumbal         | L02  |
        | Nerverodspåvirkning, lumbal         | L03  |
        | Nerverodspåvirkning i lænd og nakke | L01  |
        | Nerverodspåvirkning i lænd og nakke | L03  |
        | Lumbal spinal stenose               | L02  |
        | Lumbal spinal stenose               | L03  |
        | Smerter i lænderyg                  | L02  |

    Scenarie: Skiftet til sygdomskoden er sket
      Givet at kladden "ekm-2025-06" er gjort gældende
      Og en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og en tidligere kontakt i forløbet har hoveddiagnosen L15
      Og hoveddiagnosen er L90
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at forløbet er begyndt med en symptomkode
      Og der er ingen bemærkninger

    Scenarie: Ved sjette kontakt siges det ikke to gange
      Givet at kladden "ekm-2025-06" er gjort gældende
      Og en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L15
      Og det er kontakt nummer 6 i forløbet
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbet er begyndt med en symptomkode

    Abstrakt Scenario: Andre koder er stadig en fejl
      Givet at kladden "ekm-2025-06" er gjort gældende
      Og en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at forløbet er begyndt med en symptomkode
      Men den eneste bemærkning er, at hoveddiagnosen ikke hører til forløbet

      Eksempler:
        | forløb                        | kode |
        | Artrose i knæ                 | L13  |
        | Artrose i knæ                 | L92  |
        | Artrose i hofte               | L15  |
        | Nerverodspåvirkning, cervikal | L03  |
        | Nerverodspåvirkning, lumbal   | L01  |

    Scenarie: En symptomkode ved en tidligere kontakt opfylder ikke kodepligten
      Givet at kladden "ekm-2025-06" er gjort gældende
      Og en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og en tidligere kontakt i forløbet har hoveddiagnosen L15
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler
      Og det foreslås at tilføje L90

    Scenarie: Før forløbets start siges der intet
      Givet at kladden "ekm-2025-06" er gjort gældende
      Og en kontakt i speciale 51 den 29. juni 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L15
      Når kontakten gemmes
      Så er den eneste bemærkning, at kontakten ligger før forløbets start

  Regel: I den gældende udgave er en symptomkode på forløbet en fejl

    Scenarie: Symptomkoden er hoveddiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L15
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at forløbet er begyndt med en symptomkode
      Men den eneste bemærkning er, at hoveddiagnosen ikke hører til forløbet
      Og det foreslås at skifte til L90
