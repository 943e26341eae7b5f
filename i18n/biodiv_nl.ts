<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl">
<context>
    <name>@default</name>
    <message>
        <source>Filters</source>
        <comment>Species: names or taxon keys, separated by ;</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Species list (dr…)</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Within polygons</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Within extent</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>From date</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>To date</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Months, for example 4;5;6</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Coordinate uncertainty at most (m)</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Datasets, separated by ;</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Basis of record, separated by ;</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Licences, separated by ;</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Validated records only</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>In Flanders only</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Include absences</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Quality profile (empty means none)</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Filters of your own, one a line</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <comment>Query of your own, or a search address of the portal</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AccountLine</name>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Open the Page Again</source>
        <translation>Pagina opnieuw openen</translation>
    </message>
    <message>
        <source>Copy Link</source>
        <translation>Link kopiëren</translation>
    </message>
    <message>
        <source>Not signed in. Searching, counting and open layers work without an account.</source>
        <translation>Niet aangemeld. Zoeken, tellen en open lagen werken zonder account.</translation>
    </message>
    <message>
        <source>Sign In</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Flemish government staff or citizen (itsme, eID)</source>
        <translation>Medewerker Vlaamse overheid of burger (itsme, eID)</translation>
    </message>
    <message>
        <source>Portal account with a password</source>
        <translation>Portaalaccount met wachtwoord</translation>
    </message>
    <message>
        <source>Use another account</source>
        <translation>Een ander account gebruiken</translation>
    </message>
    <message>
        <source>With a code, on another device</source>
        <translation>Met een code, op een ander toestel</translation>
    </message>
    <message>
        <source>high resolution</source>
        <translation>hoge resolutie</translation>
    </message>
    <message>
        <source>open data</source>
        <translation>open data</translation>
    </message>
    <message>
        <source>this session only</source>
        <translation>alleen deze sessie</translation>
    </message>
    <message>
        <source>My Profile</source>
        <translation>Mijn profiel</translation>
    </message>
    <message>
        <source>Switch Organisation</source>
        <translation>Andere organisatie</translation>
    </message>
    <message>
        <source>Sign Out</source>
        <translation>Afmelden</translation>
    </message>
    <message>
        <source>Continue in the browser. Waiting for {minutes}:{seconds} more.</source>
        <translation>Ga verder in de browser. Wacht nog {minutes}:{seconds}.</translation>
    </message>
</context>
<context>
    <name>AreaField</name>
    <message>
        <source>Flanders</source>
        <translation>Vlaanderen</translation>
    </message>
    <message>
        <source>map view</source>
        <translation>kaartbeeld</translation>
    </message>
    <message>
        <source>polygons of</source>
        <translation>vlakken van</translation>
    </message>
    <message>
        <source>The selected polygons, or all where none is selected</source>
        <translation>De geselecteerde vlakken, of alle vlakken als er geen geselecteerd zijn</translation>
    </message>
</context>
<context>
    <name>BiodivPlugin</name>
    <message>
        <source>Flemish Biodiversity Portal</source>
        <translation>Vlaams Biodiversiteitsportaal</translation>
    </message>
</context>
<context>
    <name>CountObservations</name>
    <message>
        <source>Count observations</source>
        <translation>Waarnemingen tellen</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>occurrences,species,records,count</source>
        <translation>waarnemingen,soorten,records,tellen</translation>
    </message>
    <message>
        <source>Count per field, for example year;basisOfRecord</source>
        <translation>Tellen per veld, bijvoorbeeld year;basisOfRecord</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Aantallen</translation>
    </message>
    <message>
        <source>Number of observations</source>
        <translation>Aantal waarnemingen</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message>
        <source>{n} are left out by the quality profile.</source>
        <translation>{n} vallen weg door het kwaliteitsprofiel.</translation>
    </message>
    <message>
        <source>Outside this area there are {n}.</source>
        <translation>Buiten dit gebied zijn er {n}.</translation>
    </message>
    <message>
        <source>The portal holds nothing that fits all filters.</source>
        <translation>Het portaal heeft niets dat bij alle filters past.</translation>
    </message>
</context>
<context>
    <name>DownloadForm</name>
    <message>
        <source>Reason for the download</source>
        <translation>Reden van de download</translation>
    </message>
    <message>
        <source>Start Download</source>
        <translation>Download starten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reden</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Opslaan als</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Coördinaten</translation>
    </message>
    <message>
        <source>Read the reasons</source>
        <translation>Redenen lezen</translation>
    </message>
    <message>
        <source>choose a reason</source>
        <translation>kies een reden</translation>
    </message>
    <message>
        <source>I accept the terms for high-resolution data</source>
        <translation>Ik aanvaard de voorwaarden voor data met hoge resolutie</translation>
    </message>
    <message>
        <source>These data hold exact places of sensitive species. Do not publish them more precisely than the public data, and cite the public dataset. &lt;a href=&quot;{link}&quot;&gt;Terms of use&lt;/a&gt;</source>
        <translation>Deze data bevatten exacte vindplaatsen van gevoelige soorten. Publiceer ze niet nauwkeuriger dan de openbare data en citeer de openbare dataset. &lt;a href=&quot;{link}&quot;&gt;Gebruiksvoorwaarden&lt;/a&gt;</translation>
    </message>
    <message>
        <source>I accept the terms of use</source>
        <translation>Ik aanvaard de gebruiksvoorwaarden</translation>
    </message>
    <message>
        <source>Cite the datasets and respect the licence of each record. &lt;a href=&quot;{link}&quot;&gt;Terms of use&lt;/a&gt;</source>
        <translation>Citeer de datasets en respecteer de licentie van elke waarneming. &lt;a href=&quot;{link}&quot;&gt;Gebruiksvoorwaarden&lt;/a&gt;</translation>
    </message>
</context>
<context>
    <name>DownloadObservations</name>
    <message>
        <source>Download observations</source>
        <translation>Waarnemingen downloaden</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>occurrences,species,records,geopackage,darwin core</source>
        <translation>waarnemingen,soorten,records,geopackage,darwin core</translation>
    </message>
    <message>
        <source>Reason for the download</source>
        <translation>Reden van de download</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Kolommen</translation>
    </message>
    <message>
        <source>the most used</source>
        <translation>de meest gebruikte</translation>
    </message>
    <message>
        <source>Darwin Core</source>
        <translation>Darwin Core</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>of your own</source>
        <translation>eigen keuze</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>Coördinatensysteem</translation>
    </message>
    <message>
        <source>Number of observations</source>
        <translation>Aantal waarnemingen</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>Citaat</translation>
    </message>
    <message>
        <source>Columns of your own, separated by ;</source>
        <translation>Eigen kolommen, gescheiden door ;</translation>
    </message>
    <message>
        <source>E-mail me when it is ready</source>
        <translation>Mail mij als het klaar is</translation>
    </message>
    <message>
        <source>Wait for the portal at most (s)</source>
        <translation>Hoogstens op het portaal wachten (s)</translation>
    </message>
</context>
<context>
    <name>DownloadReasons</name>
    <message>
        <source>biosecurity management/planning</source>
        <translation>beheer of planning rond bioveiligheid</translation>
    </message>
    <message>
        <source>citizen science</source>
        <translation>burgerwetenschap</translation>
    </message>
    <message>
        <source>collection management</source>
        <translation>collectiebeheer</translation>
    </message>
    <message>
        <source>conservation management/planning</source>
        <translation>natuurbeheer of natuurplanning</translation>
    </message>
    <message>
        <source>ecological research</source>
        <translation>ecologisch onderzoek</translation>
    </message>
    <message>
        <source>education</source>
        <translation>onderwijs</translation>
    </message>
    <message>
        <source>environmental assessment</source>
        <translation>milieubeoordeling</translation>
    </message>
    <message>
        <source>restoration/remediation</source>
        <translation>herstel of sanering</translation>
    </message>
    <message>
        <source>scientific research</source>
        <translation>wetenschappelijk onderzoek</translation>
    </message>
    <message>
        <source>systematic research/taxonomy</source>
        <translation>systematisch onderzoek of taxonomie</translation>
    </message>
    <message>
        <source>species modelling</source>
        <translation>soortmodellering</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>testing</source>
        <translation>testen</translation>
    </message>
</context>
<context>
    <name>DownloadSection</name>
    <message>
        <source>No downloads yet. Ask for observations and choose Download there.</source>
        <translation>Nog geen downloads. Vraag waarnemingen op en kies daar Downloaden.</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>The area has more points than the portal takes and was simplified; its surface changed by {percent} %.</source>
        <translation>Het gebied heeft meer punten dan het portaal aankan en werd vereenvoudigd; de oppervlakte veranderde met {percent} %.</translation>
    </message>
</context>
<context>
    <name>JobBook</name>
    <message>
        <source>Download observations</source>
        <translation>Waarnemingen downloaden</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Progress of the download</source>
        <translation>Voortgang van de download</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Add to Map</source>
        <translation>Aan kaart toevoegen</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>Map openen</translation>
    </message>
    <message>
        <source>Copy Citation</source>
        <translation>Citaat kopiëren</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Herhalen</translation>
    </message>
    <message>
        <source>Canceled; nothing was kept.</source>
        <translation>Geannuleerd; er is niets bewaard.</translation>
    </message>
    <message>
        <source>The citation is on the clipboard.</source>
        <translation>Het citaat staat op het klembord.</translation>
    </message>
    <message>
        <source>Waiting for the portal: {n} in the queue</source>
        <translation>Wacht op het portaal: {n} in de rij</translation>
    </message>
    <message>
        <source>The portal gathers {done} of {total} records</source>
        <translation>Het portaal verzamelt {done} van {total} waarnemingen</translation>
    </message>
    <message>
        <source>Fetching {done} of {total}</source>
        <translation>Haalt op: {done} van {total}</translation>
    </message>
    <message>
        <source>Writing {done} of {total} records</source>
        <translation>Schrijft {done} van {total} waarnemingen</translation>
    </message>
</context>
<context>
    <name>LayerSection</name>
    <message>
        <source>Search layers</source>
        <translation>Lagen zoeken</translation>
    </message>
    <message>
        <source>Layers of the portal</source>
        <translation>Lagen van het portaal</translation>
    </message>
    <message>
        <source>Add to Map</source>
        <translation>Aan kaart toevoegen</translation>
    </message>
    <message>
        <source>Reading the catalogue…</source>
        <translation>De catalogus wordt gelezen…</translation>
    </message>
    <message>
        <source>Read the layers</source>
        <translation>Lagen lezen</translation>
    </message>
    <message>
        <source>“{title}” is on the map already.</source>
        <translation>“{title}” staat al op de kaart.</translation>
    </message>
    <message>
        <source>Open a portal layer</source>
        <translation>Portaallaag openen</translation>
    </message>
    <message>
        <source>Portal layers</source>
        <translation>Portaallagen</translation>
    </message>
    <message>
        <source>No layer has these words.</source>
        <translation>Geen enkele laag heeft deze woorden.</translation>
    </message>
    <message>
        <source>Layers: {n}</source>
        <translation>Lagen: {n}</translation>
    </message>
</context>
<context>
    <name>ListModel</name>
    <message>
        <source>List</source>
        <translation>Lijst</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soorten</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Gewijzigd</translation>
    </message>
    <message>
        <source>My list</source>
        <translation>Mijn lijst</translation>
    </message>
    <message>
        <source>Public list</source>
        <translation>Openbare lijst</translation>
    </message>
    <message>
        <source>{name}, my list</source>
        <translation>{name}, mijn lijst</translation>
    </message>
</context>
<context>
    <name>ListSection</name>
    <message>
        <source>Search lists</source>
        <translation>Lijsten zoeken</translation>
    </message>
    <message>
        <source>Species lists</source>
        <translation>Soortenlijsten</translation>
    </message>
    <message>
        <source>Load as Table</source>
        <translation>Als tabel laden</translation>
    </message>
    <message>
        <source>Reading the lists…</source>
        <translation>De lijsten worden gelezen…</translation>
    </message>
    <message>
        <source>Read the species lists</source>
        <translation>Soortenlijsten lezen</translation>
    </message>
    <message>
        <source>Read a species list</source>
        <translation>Soortenlijst lezen</translation>
    </message>
    <message>
        <source>You have no lists of your own yet.</source>
        <translation>U hebt nog geen eigen lijsten.</translation>
    </message>
    <message>
        <source>Sign in to see your own and shared lists as well.</source>
        <translation>Meld u aan om ook uw eigen en gedeelde lijsten te zien.</translation>
    </message>
    <message>
        <source>{n} names, {matched} of them known to the portal.</source>
        <translation>{n} namen, waarvan het portaal er {matched} kent.</translation>
    </message>
</context>
<context>
    <name>LoadSpeciesList</name>
    <message>
        <source>Load species list</source>
        <translation>Soortenlijst laden</translation>
    </message>
    <message>
        <source>Species lists</source>
        <translation>Soortenlijsten</translation>
    </message>
    <message>
        <source>species,list,red list,taxa</source>
        <translation>soorten,lijst,rode lijst,taxa</translation>
    </message>
    <message>
        <source>List (dr…)</source>
        <translation>Lijst (dr…)</translation>
    </message>
    <message>
        <source>Species list</source>
        <translation>Soortenlijst</translation>
    </message>
    <message>
        <source>Names the portal knows</source>
        <translation>Namen die het portaal kent</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Sign in to the portal first.</source>
        <translation>Meld u eerst aan bij het portaal.</translation>
    </message>
    <message>
        <source>Signing in did not succeed. Try again, or ask for access.</source>
        <translation>Het aanmelden is niet gelukt. Probeer opnieuw of vraag toegang.</translation>
    </message>
    <message>
        <source>Your account does not have the right to do this. Ask for access.</source>
        <translation>Uw account heeft hier geen recht op. Vraag toegang.</translation>
    </message>
    <message>
        <source>The portal does not know this item any more.</source>
        <translation>Het portaal kent dit niet meer.</translation>
    </message>
    <message>
        <source>The portal asks to slow down. Wait a minute and try again.</source>
        <translation>Het portaal vraagt om trager te gaan. Wacht een minuut en probeer opnieuw.</translation>
    </message>
    <message>
        <source>The portal did not understand this question. Change the filters and try again.</source>
        <translation>Het portaal begreep deze vraag niet. Pas de filters aan en probeer opnieuw.</translation>
    </message>
    <message>
        <source>The portal has a problem at the moment. Try again later.</source>
        <translation>Het portaal heeft momenteel een probleem. Probeer het later opnieuw.</translation>
    </message>
    <message>
        <source>The portal gave an answer that cannot be read. Try again; see the log.</source>
        <translation>Het portaal gaf een onleesbaar antwoord. Probeer opnieuw; zie het logboek.</translation>
    </message>
    <message>
        <source>The portal does not know “{wanted}”.</source>
        <translation>Het portaal kent “{wanted}” niet.</translation>
    </message>
    <message>
        <source>The portal did not deliver the download. Fetch it again.</source>
        <translation>Het portaal heeft de download niet geleverd. Haal hem opnieuw op.</translation>
    </message>
    <message>
        <source>The downloaded file is damaged and was not used. Fetch it again.</source>
        <translation>Het gedownloade bestand is beschadigd en werd niet gebruikt. Haal het opnieuw op.</translation>
    </message>
    <message>
        <source>The file {path} could not be written. Choose another place.</source>
        <translation>Het bestand {path} kon niet geschreven worden. Kies een andere plaats.</translation>
    </message>
    <message>
        <source>Something went wrong; see the log.</source>
        <translation>Er ging iets mis; zie het logboek.</translation>
    </message>
    <message>
        <source>The sign-in was refused or stopped in the browser.</source>
        <translation>Het aanmelden werd in de browser geweigerd of gestopt.</translation>
    </message>
    <message>
        <source>The browser could not be opened. Copy the link, or sign in with a code.</source>
        <translation>De browser kon niet geopend worden. Kopieer de link of meld u aan met een code.</translation>
    </message>
    <message>
        <source>The code was not entered in time. Ask for a new one.</source>
        <translation>De code werd niet op tijd ingevoerd. Vraag een nieuwe.</translation>
    </message>
    <message>
        <source>These are more records than the portal delivers at once. Narrow the filters.</source>
        <translation>Dit zijn meer waarnemingen dan het portaal in één keer levert. Maak de filters enger.</translation>
    </message>
    <message>
        <source>The download was cancelled on the portal.</source>
        <translation>De download werd op het portaal geannuleerd.</translation>
    </message>
    <message>
        <source>The portal has not finished this download. Fetch it later, or ask it again.</source>
        <translation>Het portaal heeft deze download niet afgewerkt. Haal hem later op of vraag hem opnieuw.</translation>
    </message>
    <message>
        <source>There is no room left on the disk for {path}. Nothing was kept of it.</source>
        <translation>Er is geen plaats meer op de schijf voor {path}. Er is niets van bewaard.</translation>
    </message>
    <message>
        <source>You may not write to {path}. Choose another folder.</source>
        <translation>U mag niet schrijven naar {path}. Kies een andere map.</translation>
    </message>
    <message>
        <source>Did you mean {names}?</source>
        <translation>Bedoelde u {names}?</translation>
    </message>
    <message>
        <source>The portal cannot be reached. Check the connection and the proxy settings of QGIS.</source>
        <translation>Het portaal is niet bereikbaar. Controleer de verbinding en de proxy-instellingen van QGIS.</translation>
    </message>
    <message>
        <source>The address of the portal is not known or not safe. Choose a portal in the options.</source>
        <translation>Het adres van het portaal is onbekend of niet veilig. Kies een portaal in de opties.</translation>
    </message>
    <message>
        <source>Nothing came back from the browser. If it showed an error, ask for access; otherwise try again.</source>
        <translation>Er kwam niets terug van de browser. Toonde hij een fout, vraag dan toegang; probeer anders opnieuw.</translation>
    </message>
    <message>
        <source>This portal has not registered QGIS for signing in yet. What is open works without it.</source>
        <translation>Dit portaal heeft QGIS nog niet geregistreerd om aan te melden. Wat open is, werkt zonder.</translation>
    </message>
    <message>
        <source>Signing in needs the Python packages requests-oauthlib and keyring. Install the full version of this plugin, or ask your administrator.</source>
        <translation>Aanmelden vraagt de Python-pakketten requests-oauthlib en keyring. Installeer de volledige versie van deze plugin of vraag het aan uw beheerder.</translation>
    </message>
    <message>
        <source>The sign-in server is not the one this portal names. Check the portal in the options.</source>
        <translation>De aanmeldserver is niet die van dit portaal. Controleer het portaal in de opties.</translation>
    </message>
    <message>
        <source>Your account has no e-mail address, which the portal needs for a download. Complete your profile.</source>
        <translation>Uw account heeft geen e-mailadres, en dat heeft het portaal nodig voor een download. Vul uw profiel aan.</translation>
    </message>
    <message>
        <source>The file {path} is open. Close the layer, or choose another name; the file is unchanged.</source>
        <translation>Het bestand {path} staat open. Sluit de laag of kies een andere naam; het bestand is ongewijzigd.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Sign In</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Opnieuw proberen</translation>
    </message>
    <message>
        <source>Show Log</source>
        <translation>Logboek tonen</translation>
    </message>
</context>
<context>
    <name>OccurrencePanel</name>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>none</source>
        <translation>geen</translation>
    </message>
    <message>
        <source>Validated records only</source>
        <translation>Alleen gevalideerde waarnemingen</translation>
    </message>
    <message>
        <source>any</source>
        <translation>om het even</translation>
    </message>
    <message>
        <source>Include absences</source>
        <translation>Ook afwezigheden</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Kwaliteit</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>Downloaden…</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profiel</translation>
    </message>
    <message>
        <source>Uncertainty at most</source>
        <translation>Onzekerheid hoogstens</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soorten</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Gebied</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Telt…</translation>
    </message>
    <message>
        <source>Sign In and Download…</source>
        <translation>Aanmelden en downloaden…</translation>
    </message>
    <message>
        <source>all years</source>
        <translation>alle jaren</translation>
    </message>
    <message>
        <source>validated</source>
        <translation>gevalideerd</translation>
    </message>
    <message>
        <source>Quality: {values}</source>
        <translation>Kwaliteit: {values}</translation>
    </message>
</context>
<context>
    <name>OccurrenceSection</name>
    <message>
        <source>Read the quality profiles</source>
        <translation>Kwaliteitsprofielen lezen</translation>
    </message>
    <message>
        <source>Count the observations</source>
        <translation>Waarnemingen tellen</translation>
    </message>
    <message>
        <source>the map view</source>
        <translation>het kaartbeeld</translation>
    </message>
    <message>
        <source>Look up names</source>
        <translation>Namen opzoeken</translation>
    </message>
</context>
<context>
    <name>PortalDock</name>
    <message>
        <source>Biodiversity Portal</source>
        <translation>Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Lagen</translation>
    </message>
    <message>
        <source>My Lists</source>
        <translation>Mijn lijsten</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>You are signed out here. The portal could not be told; its own session ends by itself.</source>
        <translation>U bent hier afgemeld. Het portaal kon niet verwittigd worden; de sessie daar eindigt vanzelf.</translation>
    </message>
</context>
<context>
    <name>PortalLayers</name>
    <message>
        <source>Portal layers</source>
        <translation>Portaallagen</translation>
    </message>
    <message>
        <source>Geographic portal</source>
        <translation>Geografisch portaal</translation>
    </message>
    <message>
        <source>catalogue,wms,layers</source>
        <translation>catalogus,wms,lagen</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Woorden</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Soort laag</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>contextual</source>
        <translation>contextueel</translation>
    </message>
    <message>
        <source>environmental</source>
        <translation>omgeving</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Lagen</translation>
    </message>
    <message>
        <source>Number of layers</source>
        <translation>Aantal lagen</translation>
    </message>
</context>
<context>
    <name>PortalProvider</name>
    <message>
        <source>Flemish Biodiversity Portal</source>
        <translation>Vlaams Biodiversiteitsportaal</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Sign in</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>login,account,oidc</source>
        <translation>aanmelden,account,oidc</translation>
    </message>
    <message>
        <source>Portal (empty means the one in the options)</source>
        <translation>Portaal (leeg betekent dat van de opties)</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Manier</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
    <message>
        <source>Code on another device</source>
        <translation>Code op een ander toestel</translation>
    </message>
    <message>
        <source>Wait at most (s)</source>
        <translation>Hoogstens wachten (s)</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>Aangemeld blijven</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>Bewaard in</translation>
    </message>
    <message>
        <source>Open {address} and enter the code {code}</source>
        <translation>Open {address} en geef de code {code} in</translation>
    </message>
    <message>
        <source>Continue in the browser.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInController</name>
    <message>
        <source>Sign in to the biodiversity portal</source>
        <translation>Aanmelden bij het biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Sign in with a code</source>
        <translation>Aanmelden met een code</translation>
    </message>
    <message>
        <source>Resume the session</source>
        <translation>Sessie hervatten</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Afmelden</translation>
    </message>
    <message>
        <source>Renew the session</source>
        <translation>Sessie vernieuwen</translation>
    </message>
</context>
<context>
    <name>SignOut</name>
    <message>
        <source>Sign out</source>
        <translation>Afmelden</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>logout,account,oidc</source>
        <translation>afmelden,account,oidc</translation>
    </message>
    <message>
        <source>Revoked on the portal</source>
        <translation>Ingetrokken op het portaal</translation>
    </message>
</context>
<context>
    <name>TaxonField</name>
    <message>
        <source>Dutch or scientific name</source>
        <translation>Nederlandse of wetenschappelijke naam</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soorten</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} verwijderen</translation>
    </message>
</context>
<context>
    <name>TellQuery</name>
    <message>
        <source>{count} observations of {what} {where}{when}{more}.</source>
        <translation>{count} waarnemingen van {what} {where}{when}{more}.</translation>
    </message>
    <message>
        <source>{names} and {rest} more</source>
        <translation>{names} en nog {rest}</translation>
    </message>
    <message>
        <source>the species on the list “{name}”</source>
        <translation>de soorten op de lijst “{name}”</translation>
    </message>
    <message>
        <source>all species</source>
        <translation>alle soorten</translation>
    </message>
    <message>
        <source>within {radius} km of {place}</source>
        <translation>binnen {radius} km van {place}</translation>
    </message>
    <message>
        <source>a place</source>
        <translation>een plaats</translation>
    </message>
    <message>
        <source>in {area}</source>
        <translation>in {area}</translation>
    </message>
    <message>
        <source>in the chosen area</source>
        <translation>in het gekozen gebied</translation>
    </message>
    <message>
        <source>in Flanders</source>
        <translation>in Vlaanderen</translation>
    </message>
    <message>
        <source>in the whole portal</source>
        <translation>in het hele portaal</translation>
    </message>
    <message>
        <source>, {first} to {last}</source>
        <translation>, {first} tot {last}</translation>
    </message>
    <message>
        <source>, from {first}</source>
        <translation>, vanaf {first}</translation>
    </message>
    <message>
        <source>, up to {last}</source>
        <translation>, tot en met {last}</translation>
    </message>
    <message>
        <source>in {months}</source>
        <translation>in {months}</translation>
    </message>
    <message>
        <source>uncertainty up to {metres} m</source>
        <translation>onzekerheid tot {metres} m</translation>
    </message>
    <message>
        <source>validated only</source>
        <translation>alleen gevalideerde</translation>
    </message>
    <message>
        <source>from {n} datasets</source>
        <translation>uit {n} datasets</translation>
    </message>
    <message>
        <source>licence {names}</source>
        <translation>licentie {names}</translation>
    </message>
    <message>
        <source>absences included</source>
        <translation>afwezigheden inbegrepen</translation>
    </message>
    <message>
        <source>with filters of your own</source>
        <translation>met eigen filters</translation>
    </message>
</context>
</TS>
