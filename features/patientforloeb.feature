# language: da
Egenskab: Patientforløb, der er i gang, når forløbets kode ændres
  En tidligere diagnose med dato bedømmes efter de koder, der gjaldt den dag, den blev sat.
  Et patientforløb, der var rigtigt kodet før en ændring, bliver ved med at være kodet.
  EKM kan i stedet bede om den nye kode ved næste kontakt.

  Baggrund:
    Givet at forløbet "Lumbal spinal stenose" fra den 1. marts 2027 kodes med L86

  Regel: Et patientforløb, der var rigtigt kodet, beholder sin kode

    Scenarie: Kontakten er uden kode, og koden blev sat før ændringen
      Givet en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 10. februar 2027 har hoveddiagnosen L84
      Når kontakten gemmes
      Så er der ingen bemærkninger

    Scenarie: Kontakten gentager den kode, der blev sat før ændringen
      Givet en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 10. februar 2027 har hoveddiagnosen L84
      Og hoveddiagnosen er L84
      Og det er noteret, at smerten stråler ud
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at forløbets nye kode ønskes
      Og der er ingen bemærkninger

    Scenarie: Den gamle kode blev først sat efter ændringen
      Givet en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 2. marts 2027 har hoveddiagnosen L84
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler
      Og det foreslås at tilføje L86

    Scenarie: Uden dato bedømmes koden efter de koder, der gælder på kontaktens dato
      Givet en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet har hoveddiagnosen L84
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler

    Scenarie: En anden kode end patientforløbets egen er stadig en fejl
      Givet en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 10. februar 2027 har hoveddiagnosen L86
      Og hoveddiagnosen er L84
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og det foreslås at skifte til L86

  Regel: EKM kan bede om den nye kode ved næste kontakt

    Scenarie: Kontakten er uden kode
      Givet at patientforløb i gang bliver bedt om den nye kode
      Og en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 10. februar 2027 har hoveddiagnosen L84
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets nye kode ønskes
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og bemærkningen begynder med "Forløbet Lumbal spinal stenose kodes fra 1. marts 2027 med L86."
      Og forklaringen siger "Patientforløbet er kodet med L84"
      Og det foreslås at tilføje L86
      Og kontakten kan sendes videre

    Scenarie: Kontakten gentager den gamle kode
      Givet at patientforløb i gang bliver bedt om den nye kode
      Og en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 10. februar 2027 har hoveddiagnosen L84
      Og hoveddiagnosen er L84
      Og det er noteret, at smerten stråler ud
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets nye kode ønskes
      Og bemærkningen gælder L84
      Og det foreslås at skifte til L86

    Scenarie: Den nye kode står som bidiagnose
      Givet at patientforløb i gang bliver bedt om den nye kode
      Og en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 10. februar 2027 har hoveddiagnosen L84
      Og bidiagnosen er L86
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets nye kode ønskes
      Og det foreslås at gøre L86 til hoveddiagnose

    Scenarie: Den nye kode er sat
      Givet at patientforløb i gang bliver bedt om den nye kode
      Og en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 10. februar 2027 har hoveddiagnosen L84
      Og hoveddiagnosen er L86
      Når kontakten gemmes
      Så er der ingen bemærkninger

    Scenarie: Den nye kode blev sat ved en kontakt efter ændringen
      Givet at patientforløb i gang bliver bedt om den nye kode
      Og en kontakt i speciale 51 den 12. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 10. februar 2027 har hoveddiagnosen L84
      Og en tidligere kontakt i forløbet den 5. marts 2027 har hoveddiagnosen L86
      Når kontakten gemmes
      Så er der ingen bemærkninger

    Scenarie: Den kode, der stadig gælder, blev sat før ændringen
      Givet at patientforløb i gang bliver bedt om den nye kode
      Og en kontakt i speciale 51 den 5. marts 2027
      Og forløbet er "Lumbal spinal stenose"
      Og en tidligere kontakt i forløbet den 10. februar 2027 har hoveddiagnosen L86
      Når kontakten gemmes
      Så er der ingen bemærkninger
