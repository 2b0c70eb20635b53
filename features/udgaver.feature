# language: da
Egenskab: Udgaver af ICPC-2 side om side
  Kontaktens dato afgør, hvilken udgave af kataloget der gælder. En kode, der udgår næste år, er rigtig for en kontakt fra i år, og en
  ny kode kan vælges fra den dag, den findes.

  Baggrund:
    Givet en udgave af kataloget, der gælder fra 1. januar 2027, uden L84 og med den nye kode L21

  Scenarie: En kode, der udgår næste år, er rigtig i år
    Givet en kontakt i speciale 51 den 31. december 2026
    Og hoveddiagnosen er L84
    Når kontakten gemmes
    Så er der ingen bemærkninger
    Og svaret nævner ikke udgaven "ny-udgave"

  Scenarie: En kode, der er udgået, kan ikke vælges
    Givet en kontakt i speciale 51 den 1. januar 2027
    Og hoveddiagnosen er L84
    Når kontakten gemmes
    Så er den eneste bemærkning, at koden ikke gælder på kontaktens dato
    Og bemærkningen er en fejl
    Og kodningen er ikke klar til at blive sendt videre
    Og svaret nævner udgaven "ny-udgave"

  Scenarie: En kode, der er udgået, kan blive stående, når den følger med fra en tidligere kontakt
    Givet en kontakt i speciale 51 den 1. januar 2027
    Og en tidligere kontakt i forløbet har hoveddiagnosen L84
    Og hoveddiagnosen er L84
    Når kontakten gemmes
    Så er der ingen bemærkninger

  Scenarie: En ny kode kan vælges fra den dag, den findes
    Givet en kontakt i speciale 51 den 1. januar 2027
    Og hoveddiagnosen er L21
    Når kontakten gemmes
    Så er der ingen bemærkninger

  Scenarie: En ny kode kan ikke vælges, før den findes
    Givet en kontakt i speciale 51 den 31. december 2026
    Og hoveddiagnosen er L21
    Når kontakten gemmes
    Så er den eneste bemærkning, at koden ikke gælder på kontaktens dato
