# language: da
Egenskab: Koder på en gemt kontakt slettes ikke
  Koder kan føjes til og rettes, men det skal kunne ses, hvilken kode der blev brugt hvornår.
  Et skift af kode hører til ved en senere kontakt og er helt i orden.
  Kilde: EKM's side om diagnosekodning (ubekræftet).

  Regel: En kode, der forsvinder ved en rettelse, foreslås gendannet

    Scenarie: En bidiagnose er slettet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og kontakten er tidligere gemt med hoveddiagnosen L90
      Og kontakten er tidligere gemt med bidiagnosen L92
      Og hoveddiagnosen er L90
      Når kontakten gemmes
      Så er den eneste bemærkning, at en gemt kode er slettet
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og det foreslås at gendanne L92
      Og kontakten kan sendes videre

    Scenarie: Hoveddiagnosen er skiftet ud på den gemte kontakt
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og kontakten er tidligere gemt med hoveddiagnosen L15
      Og hoveddiagnosen er L90
      Når kontakten gemmes
      Så er den eneste bemærkning, at en gemt kode er slettet
      Og det foreslås at gendanne L15

    Scenarie: Forløbets kode er slettet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og kontakten er tidligere gemt med hoveddiagnosen L90
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | hoveddiagnosen mangler  |
        | en gemt kode er slettet |
      Og en af bemærkningerne er, at en gemt kode er slettet
      Og det foreslås at gendanne L90

    Scenarie: Flere koder er slettet
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og kontakten er tidligere gemt med hoveddiagnosen L92
      Og kontakten er tidligere gemt med bidiagnosen L93
      Når kontakten gemmes
      Så er bemærkningerne, de alvorligste først:
        | en gemt kode er slettet |
        | en gemt kode er slettet |

  Regel: Alt andet end sletning er i orden

    Scenarie: En kode er føjet til
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og kontakten er tidligere gemt med hoveddiagnosen L92
      Og hoveddiagnosen er L92
      Og bidiagnosen er L01
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at en gemt kode er slettet
      Og der er ingen bemærkninger

    Scenarie: Bidiagnosen er gjort til hoveddiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og kontakten er tidligere gemt med hoveddiagnosen L92
      Og kontakten er tidligere gemt med bidiagnosen L93
      Og hoveddiagnosen er L93
      Og bidiagnosen er L92
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at en gemt kode er slettet
      Og der er ingen bemærkninger

    Scenarie: Den gemte kode var skrevet anderledes
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og kontakten er tidligere gemt med hoveddiagnosen "l 92"
      Og hoveddiagnosen er L92
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at en gemt kode er slettet
      Og der er ingen bemærkninger

    Scenarie: Kontakten gemmes for første gang
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L92
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at en gemt kode er slettet
      Og der er ingen bemærkninger

  Regel: Ved en senere kontakt må koden skifte

    Scenarie: Symptomkoden er afløst af en sygdomskode
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og en tidligere kontakt i forløbet har hoveddiagnosen L15
      Og hoveddiagnosen er L90
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at en gemt kode er slettet
      Og der er ingen bemærkninger

    Scenarie: En bidiagnose er ikke længere aktuel
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og en tidligere kontakt i forløbet har hoveddiagnosen L92
      Og en tidligere kontakt i forløbet har bidiagnosen L01
      Og hoveddiagnosen er L92
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at en gemt kode er slettet
      Og der er ingen bemærkninger
