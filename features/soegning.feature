# language: da
Egenskab: Søgning følger den udgave, der gælder
  Nævner søgningen et forløb, står forløbets egne koder først. EKM afgør, hvilke det er, uden at kodekataloget ændres.

  Eksempel: Forløbets koder står først
    Når der søges efter "spinalstenose"
    Så er de første koder L84 og L86

  Eksempel: Et ord, der ikke nævner et forløb, følger kodekataloget
    Når der søges efter "ondt i knæet"
    Så er den første kode L15

  Eksempel: EKM har afgjort, at forløbet kun kodes med L86
    Givet at forløbet "Lumbal spinal stenose" kun kodes med L86
    Når der søges efter "spinalstenose"
    Så er den første kode L86
    Og på siden om L86 står "spinalstenose" blandt kodens egne ord

  Eksempel: EKM har afgjort rækkefølgen
    Givet at forløbet "Lumbal spinal stenose" kun kodes med L86 og L84
    Når der søges efter "lumbal stenose"
    Så er de første koder L86 og L84

  Eksempel: Siden om en kode kalder ikke forløbets kode det andet valg
    Så på siden om L86 står "lumbal spinalstenose" blandt kodens egne ord
