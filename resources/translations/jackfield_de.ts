<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AccessListModel</name>
    <message>
        <source>allowed</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>allowed by line %1, %2</source>
        <translation>erlaubt durch Zeile %1, %2</translation>
    </message>
    <message>
        <source>Host %1: %2.</source>
        <translation>Host %1: %2.</translation>
    </message>
    <message>
        <source>Host %1: refused, it is not on the list.</source>
        <translation>Host %1: abgewiesen, er steht nicht auf der Liste.</translation>
    </message>
    <message>
        <source>Host %1: refused, this is no host name or address.</source>
        <translation>Host %1: abgewiesen, das ist kein Hostname und keine Adresse.</translation>
    </message>
    <message>
        <source>No host: refused, every request has to name one.</source>
        <translation>Kein Host: abgewiesen, jede Anfrage muss einen nennen.</translation>
    </message>
    <message>
        <source>Origin %1: %2.</source>
        <translation>Origin %1: %2.</translation>
    </message>
    <message>
        <source>No origin: allowed, programs send none.</source>
        <translation>Kein Origin: erlaubt, Programme senden keinen.</translation>
    </message>
    <message>
        <source>No origin: refused, clients without one are switched off.</source>
        <translation>Kein Origin: abgewiesen, Clients ohne Origin sind ausgeschlossen.</translation>
    </message>
    <message>
        <source>Origin null: refused, a page opened from disk or a sandboxed frame.</source>
        <translation>Origin null: abgewiesen, eine von der Platte geöffnete Seite oder ein Sandbox-Frame.</translation>
    </message>
    <message>
        <source>Origin %1: refused, it is not on the list.</source>
        <translation>Origin %1: abgewiesen, er steht nicht auf der Liste.</translation>
    </message>
    <message>
        <source>Origin %1: refused, this is no origin (as http://localhost:5173 is).</source>
        <translation>Origin %1: abgewiesen, das ist kein Origin (wie http://localhost:5173 einer ist).</translation>
    </message>
</context>
<context>
    <name>AccessMenu</name>
    <message>
        <source>The list is as it was: %1</source>
        <translation>Die Liste ist, wie sie war: %1</translation>
    </message>
    <message>
        <source>Take %1 off the hosts</source>
        <translation>%1 von den Hosts nehmen</translation>
    </message>
    <message>
        <source>Take %1 off the origins</source>
        <translation>%1 von den Origins nehmen</translation>
    </message>
    <message>
        <source>%1 is off the list of hosts: new connections to it are refused, open ones stay.</source>
        <translation>%1 steht nicht mehr auf der Liste der Hosts: Neue Verbindungen dorthin werden abgewiesen, offene bleiben.</translation>
    </message>
    <message>
        <source>%1 is off the list of origins: its pages are refused from now on, open ones stay.</source>
        <translation>%1 steht nicht mehr auf der Liste der Origins: Seine Seiten werden ab jetzt abgewiesen, offene bleiben.</translation>
    </message>
    <message>
        <source>Allow the host %1</source>
        <translation>Den Host %1 erlauben</translation>
    </message>
    <message>
        <source>Allow the origin %1</source>
        <translation>Den Origin %1 erlauben</translation>
    </message>
    <message>
        <source>%1 is on the list of hosts.</source>
        <translation>%1 steht auf der Liste der Hosts.</translation>
    </message>
    <message>
        <source>%1 is on the list of origins.</source>
        <translation>%1 steht auf der Liste der Origins.</translation>
    </message>
    <message>
        <source>%1 is off the list of hosts, but %2 on it lets the same connections in.</source>
        <translation>%1 steht nicht mehr auf der Host-Liste, aber %2 darauf lässt dieselben Verbindungen herein.</translation>
    </message>
    <message>
        <source>%1 is off the list of origins, but %2 on it lets the same pages in.</source>
        <translation>%1 steht nicht mehr auf der Origin-Liste, aber %2 darauf lässt dieselben Seiten herein.</translation>
    </message>
    <message>
        <source>Pages without an origin may connect for 15 minutes.</source>
        <translation>Seiten ohne Origin dürfen sich 15 Minuten lang verbinden.</translation>
    </message>
</context>
<context>
    <name>AccessibleName</name>
    <message>
        <source>About Jackfield</source>
        <translation>Über Jackfield</translation>
    </message>
    <message>
        <source>About the command history</source>
        <translation>Über den Befehlsverlauf</translation>
    </message>
    <message>
        <source>About the file</source>
        <translation>Über die Datei</translation>
    </message>
    <message>
        <source>About the format</source>
        <translation>Über das Format</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugang</translation>
    </message>
    <message>
        <source>Access settings</source>
        <translation>Einstellungen des Zugangs</translation>
    </message>
    <message>
        <source>Add an address</source>
        <translation>Adresse hinzufügen</translation>
    </message>
    <message>
        <source>Add an endpoint for the path of this attempt</source>
        <translation>Endpunkt für den Pfad dieses Versuchs hinzufügen</translation>
    </message>
    <message>
        <source>Add bytes</source>
        <translation>Bytes hinzufügen</translation>
    </message>
    <message>
        <source>Add frame</source>
        <translation>Frame hinzufügen</translation>
    </message>
    <message>
        <source>Add host</source>
        <translation>Host hinzufügen</translation>
    </message>
    <message>
        <source>Add origin</source>
        <translation>Origin hinzufügen</translation>
    </message>
    <message>
        <source>Add the endpoint</source>
        <translation>Endpunkt hinzufügen</translation>
    </message>
    <message>
        <source>Add the subprotocol</source>
        <translation>Subprotokoll hinzufügen</translation>
    </message>
    <message>
        <source>Add to the lists</source>
        <translation>In die Listen aufnehmen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Address for the phone</source>
        <translation>Adresse für das Telefon</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>All notices</source>
        <translation>Alle Hinweise</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Allow beyond this machine</source>
        <translation>Über diesen Rechner hinaus erlauben</translation>
    </message>
    <message>
        <source>Allow clients without an Origin</source>
        <translation>Clients ohne Origin erlauben</translation>
    </message>
    <message>
        <source>Allow pages from this address</source>
        <translation>Seiten von dieser Adresse erlauben</translation>
    </message>
    <message>
        <source>Allow this attempt</source>
        <translation>Diesen Versuch erlauben</translation>
    </message>
    <message>
        <source>Allow this attempt until Jackfield closes</source>
        <translation>Diesen Versuch erlauben, bis Jackfield schließt</translation>
    </message>
    <message>
        <source>Allow this host</source>
        <translation>Diesen Host erlauben</translation>
    </message>
    <message>
        <source>Allowed hosts</source>
        <translation>Erlaubte Hosts</translation>
    </message>
    <message>
        <source>Allowed hosts table</source>
        <translation>Tabelle der erlaubten Hosts</translation>
    </message>
    <message>
        <source>Allowed origins</source>
        <translation>Erlaubte Origins</translation>
    </message>
    <message>
        <source>Allowed origins table</source>
        <translation>Tabelle der erlaubten Origins</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antwortet</translation>
    </message>
    <message>
        <source>Apply the listeners</source>
        <translation>Adressen anwenden</translation>
    </message>
    <message>
        <source>Base64 bytes to send</source>
        <translation>Zu sendende Bytes in Base64</translation>
    </message>
    <message>
        <source>Beginning of the held payload</source>
        <translation>Anfang der gehaltenen Nutzdaten</translation>
    </message>
    <message>
        <source>Block for 10 minutes</source>
        <translation>Für 10 Minuten sperren</translation>
    </message>
    <message>
        <source>Block for now</source>
        <translation>Vorerst sperren</translation>
    </message>
    <message>
        <source>Block until Jackfield closes</source>
        <translation>Sperren, bis Jackfield schließt</translation>
    </message>
    <message>
        <source>Blocked for now</source>
        <translation>Vorerst gesperrt</translation>
    </message>
    <message>
        <source>Browse for export file</source>
        <translation>Datei für den Export wählen</translation>
    </message>
    <message>
        <source>Bytes of the reason</source>
        <translation>Bytes des Grundes</translation>
    </message>
    <message>
        <source>Bytes on the wire</source>
        <translation>Bytes auf der Leitung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel allow</source>
        <translation>Erlauben abbrechen</translation>
    </message>
    <message>
        <source>Cancel block</source>
        <translation>Sperren abbrechen</translation>
    </message>
    <message>
        <source>Cancel delete capture</source>
        <translation>Löschen der Aufzeichnung abbrechen</translation>
    </message>
    <message>
        <source>Cancel export</source>
        <translation>Export abbrechen</translation>
    </message>
    <message>
        <source>Cancel export dialog</source>
        <translation>Exportdialog abbrechen</translation>
    </message>
    <message>
        <source>Cancel forget names and colours</source>
        <translation>Vergessen der Namen und Farben abbrechen</translation>
    </message>
    <message>
        <source>Cancel kick</source>
        <translation>Trennen abbrechen</translation>
    </message>
    <message>
        <source>Cancel listen beyond this machine</source>
        <translation>Lauschen über diesen Rechner hinaus abbrechen</translation>
    </message>
    <message>
        <source>Cancel own certificate</source>
        <translation>Eigenes Zertifikat abbrechen</translation>
    </message>
    <message>
        <source>Cancel renew</source>
        <translation>Erneuern abbrechen</translation>
    </message>
    <message>
        <source>Cancel to keep less</source>
        <translation>Weniger behalten abbrechen</translation>
    </message>
    <message>
        <source>Cancel use from a phone</source>
        <translation>Nutzung vom Telefon abbrechen</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Certificate and trust</source>
        <translation>Zertifikat und Vertrauen</translation>
    </message>
    <message>
        <source>Certificate and trust for this attempt</source>
        <translation>Zertifikat und Vertrauen zu diesem Versuch</translation>
    </message>
    <message>
        <source>Certificate in detail</source>
        <translation>Zertifikat im Einzelnen</translation>
    </message>
    <message>
        <source>Chat includes the sender</source>
        <translation>Chat schließt den Absender ein</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Choose the certificate&apos;s file</source>
        <translation>Datei des Zertifikats wählen</translation>
    </message>
    <message>
        <source>Choose the key&apos;s file</source>
        <translation>Datei des Schlüssels wählen</translation>
    </message>
    <message>
        <source>Clear closed connections</source>
        <translation>Geschlossene Verbindungen entfernen</translation>
    </message>
    <message>
        <source>Clear command history</source>
        <translation>Befehlsverlauf leeren</translation>
    </message>
    <message>
        <source>Clear events</source>
        <translation>Ereignisse leeren</translation>
    </message>
    <message>
        <source>Clear messages</source>
        <translation>Nachrichten leeren</translation>
    </message>
    <message>
        <source>Clear refused attempts</source>
        <translation>Abgewiesene Versuche leeren</translation>
    </message>
    <message>
        <source>Close about</source>
        <translation>Über Jackfield schließen</translation>
    </message>
    <message>
        <source>Close all notices</source>
        <translation>Alle Hinweise schließen</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>Trotzdem schließen</translation>
    </message>
    <message>
        <source>Close before the project is saved</source>
        <translation>Schließen, bevor das Projekt gespeichert ist</translation>
    </message>
    <message>
        <source>Close certificate and trust</source>
        <translation>Zertifikat und Vertrauen schließen</translation>
    </message>
    <message>
        <source>Close code</source>
        <translation>Schließcode</translation>
    </message>
    <message>
        <source>Close find</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>Close listeners</source>
        <translation>Adressen schließen</translation>
    </message>
    <message>
        <source>Close reason</source>
        <translation>Grund des Schließens</translation>
    </message>
    <message>
        <source>Close repeat row</source>
        <translation>Wiederholungszeile schließen</translation>
    </message>
    <message>
        <source>Close shortcuts</source>
        <translation>Tastenkürzel schließen</translation>
    </message>
    <message>
        <source>Close the bar of the echo</source>
        <translation>Leiste des Echos schließen</translation>
    </message>
    <message>
        <source>Close the notice about the certificate</source>
        <translation>Hinweis zum Zertifikat schließen</translation>
    </message>
    <message>
        <source>Close the notices</source>
        <translation>Hinweise schließen</translation>
    </message>
    <message>
        <source>Close the project</source>
        <translation>Projekt schließen</translation>
    </message>
    <message>
        <source>Close this bar</source>
        <translation>Diese Leiste schließen</translation>
    </message>
    <message>
        <source>Close use from a phone</source>
        <translation>Nutzung vom Telefon schließen</translation>
    </message>
    <message>
        <source>Close why the page failed</source>
        <translation>Warum die Seite scheiterte schließen</translation>
    </message>
    <message>
        <source>Command history</source>
        <translation>Befehlsverlauf</translation>
    </message>
    <message>
        <source>Command history table</source>
        <translation>Tabelle des Befehlsverlaufs</translation>
    </message>
    <message>
        <source>Composed close code</source>
        <translation>Zu sendender Schließcode</translation>
    </message>
    <message>
        <source>Composed close reason</source>
        <translation>Zu sendender Grund des Schließens</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>Eingabefeld</translation>
    </message>
    <message>
        <source>Confirm allow</source>
        <translation>Erlauben bestätigen</translation>
    </message>
    <message>
        <source>Confirm delete capture</source>
        <translation>Löschen der Aufzeichnung bestätigen</translation>
    </message>
    <message>
        <source>Confirm forget names and colours</source>
        <translation>Vergessen der Namen und Farben bestätigen</translation>
    </message>
    <message>
        <source>Confirm host</source>
        <translation>Host bestätigen</translation>
    </message>
    <message>
        <source>Confirm listen beyond this machine</source>
        <translation>Lauschen über diesen Rechner hinaus bestätigen</translation>
    </message>
    <message>
        <source>Confirm origin</source>
        <translation>Origin bestätigen</translation>
    </message>
    <message>
        <source>Confirm renew</source>
        <translation>Erneuern bestätigen</translation>
    </message>
    <message>
        <source>Confirm to keep less</source>
        <translation>Weniger behalten bestätigen</translation>
    </message>
    <message>
        <source>Connection Close</source>
        <translation>Connection Close</translation>
    </message>
    <message>
        <source>Connection area</source>
        <translation>Bereich der Verbindungen</translation>
    </message>
    <message>
        <source>Connection columns</source>
        <translation>Spalten der Verbindungen</translation>
    </message>
    <message>
        <source>Connection filter error</source>
        <translation>Fehler im Filter der Verbindungen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Connections open and closed</source>
        <translation>Offene und geschlossene Verbindungen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Copy address for the phone</source>
        <translation>Adresse für das Telefon kopieren</translation>
    </message>
    <message>
        <source>Copy commands</source>
        <translation>Befehle kopieren</translation>
    </message>
    <message>
        <source>Copy encrypted address for the phone</source>
        <translation>Verschlüsselte Adresse für das Telefon kopieren</translation>
    </message>
    <message>
        <source>Copy fingerprint</source>
        <translation>Fingerabdruck kopieren</translation>
    </message>
    <message>
        <source>Copy message as hex</source>
        <translation>Nachricht als Hex kopieren</translation>
    </message>
    <message>
        <source>Copy messages as hex</source>
        <translation>Nachrichten als Hex kopieren</translation>
    </message>
    <message>
        <source>Copy new WebSocket</source>
        <translation>Neuen WebSocket kopieren</translation>
    </message>
    <message>
        <source>Copy raw request</source>
        <translation>Rohe Anfrage kopieren</translation>
    </message>
    <message>
        <source>Copy shortcuts</source>
        <translation>Tastenkürzel kopieren</translation>
    </message>
    <message>
        <source>Copy whole message</source>
        <translation>Ganze Nachricht kopieren</translation>
    </message>
    <message>
        <source>Delete capture</source>
        <translation>Aufzeichnung löschen</translation>
    </message>
    <message>
        <source>Details of the refusal</source>
        <translation>Einzelheiten der Abweisung</translation>
    </message>
    <message>
        <source>Direction of messages</source>
        <translation>Richtung der Nachrichten</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Discard held payload</source>
        <translation>Gehaltene Nutzdaten verwerfen</translation>
    </message>
    <message>
        <source>Dismiss notice of %1</source>
        <translation>Hinweis schließen: %1</translation>
    </message>
    <message>
        <source>Do not wait for the project</source>
        <translation>Nicht auf das Projekt warten</translation>
    </message>
    <message>
        <source>Edit entry</source>
        <translation>Eintrag bearbeiten</translation>
    </message>
    <message>
        <source>Edit host</source>
        <translation>Host bearbeiten</translation>
    </message>
    <message>
        <source>Edit origin</source>
        <translation>Origin bearbeiten</translation>
    </message>
    <message>
        <source>Edit templates</source>
        <translation>Vorlagen bearbeiten</translation>
    </message>
    <message>
        <source>Edit the subprotocol&apos;s name</source>
        <translation>Name des Subprotokolls bearbeiten</translation>
    </message>
    <message>
        <source>Edit the unusable list</source>
        <translation>Unbrauchbare Liste bearbeiten</translation>
    </message>
    <message>
        <source>Edit the wide open lists</source>
        <translation>Weit offene Listen bearbeiten</translation>
    </message>
    <message>
        <source>Enable wss</source>
        <translation>wss aktivieren</translation>
    </message>
    <message>
        <source>Encrypted address for the phone</source>
        <translation>Verschlüsselte Adresse für das Telefon</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>Event filter error</source>
        <translation>Fehler im Filter der Ereignisse</translation>
    </message>
    <message>
        <source>Event table</source>
        <translation>Ereignistabelle</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Events lost</source>
        <translation>Verlorene Ereignisse</translation>
    </message>
    <message>
        <source>Everybody may connect</source>
        <translation>Jeder darf sich verbinden</translation>
    </message>
    <message>
        <source>Expand macros</source>
        <translation>Makros einsetzen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Export all messages</source>
        <translation>Alle Nachrichten exportieren</translation>
    </message>
    <message>
        <source>Export file</source>
        <translation>Datei des Exports</translation>
    </message>
    <message>
        <source>Export format</source>
        <translation>Format des Exports</translation>
    </message>
    <message>
        <source>Export messages</source>
        <translation>Nachrichten exportieren</translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Export progress bar</source>
        <translation>Fortschrittsbalken des Exports</translation>
    </message>
    <message>
        <source>Export selected messages</source>
        <translation>Ausgewählte Nachrichten exportieren</translation>
    </message>
    <message>
        <source>Export shown messages</source>
        <translation>Gezeigte Nachrichten exportieren</translation>
    </message>
    <message>
        <source>Export the authority</source>
        <translation>Zertifizierungsstelle exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>File of the authority</source>
        <translation>Datei der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>File of the certificate</source>
        <translation>Datei des Zertifikats</translation>
    </message>
    <message>
        <source>File of the key</source>
        <translation>Datei des Schlüssels</translation>
    </message>
    <message>
        <source>Filter connections</source>
        <translation>Verbindungen filtern</translation>
    </message>
    <message>
        <source>Filter error</source>
        <translation>Fehler im Filter</translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation>Ereignisse filtern</translation>
    </message>
    <message>
        <source>Filter messages</source>
        <translation>Nachrichten filtern</translation>
    </message>
    <message>
        <source>Filter of the target</source>
        <translation>Filter des Ziels</translation>
    </message>
    <message>
        <source>Filter refused attempts</source>
        <translation>Abgewiesene Versuche filtern</translation>
    </message>
    <message>
        <source>Filter shortcuts</source>
        <translation>Tastenkürzel filtern</translation>
    </message>
    <message>
        <source>Find in messages</source>
        <translation>In Nachrichten suchen</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Nächsten Treffer suchen</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Vorigen Treffer suchen</translation>
    </message>
    <message>
        <source>Fingerprint of the authority</source>
        <translation>Fingerabdruck der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Fingerprint of the certificate</source>
        <translation>Fingerabdruck des Zertifikats</translation>
    </message>
    <message>
        <source>Follow #%1</source>
        <translation>#%1 folgen</translation>
    </message>
    <message>
        <source>Follow this one</source>
        <translation>Dieser folgen</translation>
    </message>
    <message>
        <source>Forget names and colours</source>
        <translation>Namen und Farben vergessen</translation>
    </message>
    <message>
        <source>Form of the length</source>
        <translation>Form der Länge</translation>
    </message>
    <message>
        <source>Format JSON</source>
        <translation>JSON formatieren</translation>
    </message>
    <message>
        <source>Fragments</source>
        <translation>Fragmente</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Frames</translation>
    </message>
    <message>
        <source>Frames and bytes</source>
        <translation>Frames und Bytes</translation>
    </message>
    <message>
        <source>Go to newest</source>
        <translation>Zur neuesten gehen</translation>
    </message>
    <message>
        <source>Held payload</source>
        <translation>Gehaltene Nutzdaten</translation>
    </message>
    <message>
        <source>Hex bytes to send</source>
        <translation>Zu sendende Bytes in Hex</translation>
    </message>
    <message>
        <source>Hide the notice of the project</source>
        <translation>Hinweis zum Projekt ausblenden</translation>
    </message>
    <message>
        <source>Hide the notice of the project file</source>
        <translation>Hinweis zur Projektdatei ausblenden</translation>
    </message>
    <message>
        <source>Hide the notice of the project not opened</source>
        <translation>Hinweis zum nicht geöffneten Projekt ausblenden</translation>
    </message>
    <message>
        <source>Hide the notice of the project not saved</source>
        <translation>Hinweis zum nicht gespeicherten Projekt ausblenden</translation>
    </message>
    <message>
        <source>Host to try</source>
        <translation>Host zum Ausprobieren</translation>
    </message>
    <message>
        <source>How far it is trusted</source>
        <translation>Wie weit ihm vertraut wird</translation>
    </message>
    <message>
        <source>How long it lasts</source>
        <translation>Wie lange es gilt</translation>
    </message>
    <message>
        <source>How many times</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source>How templates work</source>
        <translation>Wie Vorlagen funktionieren</translation>
    </message>
    <message>
        <source>How the payload is written</source>
        <translation>Wie die Nutzdaten geschrieben sind</translation>
    </message>
    <message>
        <source>Ignore the refusal</source>
        <translation>Abweisung ignorieren</translation>
    </message>
    <message>
        <source>Ignore the two ends that echo each other</source>
        <translation>Die zwei Enden ignorieren, die einander echoen</translation>
    </message>
    <message>
        <source>Ignore this attempt</source>
        <translation>Diesen Versuch ignorieren</translation>
    </message>
    <message>
        <source>Issuer of the certificate</source>
        <translation>Aussteller des Zertifikats</translation>
    </message>
    <message>
        <source>JSON tree</source>
        <translation>JSON-Baum</translation>
    </message>
    <message>
        <source>Keep less</source>
        <translation>Weniger behalten</translation>
    </message>
    <message>
        <source>Keep my changes of the project</source>
        <translation>Meine Änderungen am Projekt behalten</translation>
    </message>
    <message>
        <source>Key log</source>
        <translation>Schlüsselprotokoll</translation>
    </message>
    <message>
        <source>Key of the certificate</source>
        <translation>Schlüssel des Zertifikats</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Kick now</source>
        <translation>Jetzt trennen</translation>
    </message>
    <message>
        <source>Kind of message</source>
        <translation>Art der Nachricht</translation>
    </message>
    <message>
        <source>Length that the header says</source>
        <translation>Länge, die der Kopf nennt</translation>
    </message>
    <message>
        <source>Likely causes</source>
        <translation>Wahrscheinliche Ursachen</translation>
    </message>
    <message>
        <source>List not usable</source>
        <translation>Liste nicht brauchbar</translation>
    </message>
    <message>
        <source>List of shortcuts</source>
        <translation>Liste der Tastenkürzel</translation>
    </message>
    <message>
        <source>Listen beyond this machine</source>
        <translation>Über diesen Rechner hinaus lauschen</translation>
    </message>
    <message>
        <source>Listen on this network</source>
        <translation>In diesem Netz lauschen</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Look again who trusts it</source>
        <translation>Erneut nachsehen, wer ihm vertraut</translation>
    </message>
    <message>
        <source>Make the endpoint silent</source>
        <translation>Endpunkt stumm schalten</translation>
    </message>
    <message>
        <source>Masked</source>
        <translation>Maskiert</translation>
    </message>
    <message>
        <source>Masking key</source>
        <translation>Maskierungsschlüssel</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Message JSON</source>
        <translation>JSON der Nachricht</translation>
    </message>
    <message>
        <source>Message base64</source>
        <translation>Base64 der Nachricht</translation>
    </message>
    <message>
        <source>Message detail</source>
        <translation>Nachricht im Einzelnen</translation>
    </message>
    <message>
        <source>Message filter error</source>
        <translation>Fehler im Filter der Nachrichten</translation>
    </message>
    <message>
        <source>Message frames</source>
        <translation>Frames der Nachricht</translation>
    </message>
    <message>
        <source>Message hex</source>
        <translation>Hex der Nachricht</translation>
    </message>
    <message>
        <source>Message rate</source>
        <translation>Nachrichtenrate</translation>
    </message>
    <message>
        <source>Message size</source>
        <translation>Größe der Nachricht</translation>
    </message>
    <message>
        <source>Message summary</source>
        <translation>Zusammenfassung der Nachricht</translation>
    </message>
    <message>
        <source>Message table</source>
        <translation>Nachrichtentabelle</translation>
    </message>
    <message>
        <source>Message text</source>
        <translation>Text der Nachricht</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Messages shown</source>
        <translation>Gezeigte Nachrichten</translation>
    </message>
    <message>
        <source>Messages that gave way</source>
        <translation>Gewichene Nachrichten</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Verpasst</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More pages</source>
        <translation>Weitere Seiten</translation>
    </message>
    <message>
        <source>More refused pages</source>
        <translation>Weitere abgewiesene Seiten</translation>
    </message>
    <message>
        <source>Move piece down</source>
        <translation>Stück nach unten</translation>
    </message>
    <message>
        <source>Move piece up</source>
        <translation>Stück nach oben</translation>
    </message>
    <message>
        <source>Name of a new subprotocol</source>
        <translation>Name eines neuen Subprotokolls</translation>
    </message>
    <message>
        <source>Names beside localhost</source>
        <translation>Namen neben localhost</translation>
    </message>
    <message>
        <source>Names of the certificate</source>
        <translation>Namen des Zertifikats</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Neutralise formulas</source>
        <translation>Formeln entschärfen</translation>
    </message>
    <message>
        <source>New host</source>
        <translation>Neuer Host</translation>
    </message>
    <message>
        <source>New origin</source>
        <translation>Neue Origin</translation>
    </message>
    <message>
        <source>New template folder</source>
        <translation>Neuer Ordner für Vorlagen</translation>
    </message>
    <message>
        <source>No message</source>
        <translation>Keine Nachricht</translation>
    </message>
    <message>
        <source>No refused attempts</source>
        <translation>Keine abgewiesenen Versuche</translation>
    </message>
    <message>
        <source>Nobody is blocked</source>
        <translation>Niemand ist gesperrt</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Note about this message</source>
        <translation>Anmerkung zu dieser Nachricht</translation>
    </message>
    <message>
        <source>Nothing has connected yet</source>
        <translation>Noch hat sich nichts verbunden</translation>
    </message>
    <message>
        <source>Notice of %1</source>
        <translation>Hinweis: %1</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Notices of the start</source>
        <translation>Hinweise beim Start</translation>
    </message>
    <message>
        <source>Number of fragments</source>
        <translation>Anzahl der Fragmente</translation>
    </message>
    <message>
        <source>Only until Jackfield closes</source>
        <translation>Nur bis Jackfield schließt</translation>
    </message>
    <message>
        <source>Opcode</source>
        <translation>Opcode</translation>
    </message>
    <message>
        <source>Open certificate and trust</source>
        <translation>Zertifikat und Vertrauen öffnen</translation>
    </message>
    <message>
        <source>Open folder of export</source>
        <translation>Ordner des Exports öffnen</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Open recording</source>
        <translation>Mitschnitt öffnen</translation>
    </message>
    <message>
        <source>Open test page</source>
        <translation>Testseite öffnen</translation>
    </message>
    <message>
        <source>Open the key</source>
        <translation>Schlüssel öffnen</translation>
    </message>
    <message>
        <source>Open the test page</source>
        <translation>Die Testseite öffnen</translation>
    </message>
    <message>
        <source>Order paused</source>
        <translation>Reihenfolge angehalten</translation>
    </message>
    <message>
        <source>Origin to try</source>
        <translation>Origin zum Ausprobieren</translation>
    </message>
    <message>
        <source>Other refused attempts</source>
        <translation>Andere abgewiesene Versuche</translation>
    </message>
    <message>
        <source>Our answer</source>
        <translation>Unsere Antwort</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Own certificate and key</source>
        <translation>Eigenes Zertifikat und Schlüssel</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>Passphrase des Schlüssels</translation>
    </message>
    <message>
        <source>Path of a new endpoint</source>
        <translation>Pfad eines neuen Endpunkts</translation>
    </message>
    <message>
        <source>Path of the chosen endpoint</source>
        <translation>Pfad des gewählten Endpunkts</translation>
    </message>
    <message>
        <source>Pause messages</source>
        <translation>Nachrichten anhalten</translation>
    </message>
    <message>
        <source>Payload held as it is</source>
        <translation>Nutzdaten, gehalten wie sie sind</translation>
    </message>
    <message>
        <source>Payload size</source>
        <translation>Größe der Nutzdaten</translation>
    </message>
    <message>
        <source>Pin target</source>
        <translation>Ziel anheften</translation>
    </message>
    <message>
        <source>Ping payload</source>
        <translation>Nutzdaten des Pings</translation>
    </message>
    <message>
        <source>Pong payload</source>
        <translation>Nutzdaten des Pongs</translation>
    </message>
    <message>
        <source>Port in use</source>
        <translation>Port belegt</translation>
    </message>
    <message>
        <source>Problem with the new host</source>
        <translation>Problem mit dem neuen Host</translation>
    </message>
    <message>
        <source>Problem with the new origin</source>
        <translation>Problem mit der neuen Origin</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Progress of opening the recording</source>
        <translation>Fortschritt beim Öffnen des Mitschnitts</translation>
    </message>
    <message>
        <source>Project changed by another program</source>
        <translation>Projekt von einem anderen Programm geändert</translation>
    </message>
    <message>
        <source>Project not opened</source>
        <translation>Projekt nicht geöffnet</translation>
    </message>
    <message>
        <source>Project not saved</source>
        <translation>Projekt nicht gespeichert</translation>
    </message>
    <message>
        <source>Project notices</source>
        <translation>Hinweise zum Projekt</translation>
    </message>
    <message>
        <source>Project still being read</source>
        <translation>Projekt wird noch gelesen</translation>
    </message>
    <message>
        <source>Project still being saved</source>
        <translation>Projekt wird noch gespeichert</translation>
    </message>
    <message>
        <source>Put host in force</source>
        <translation>Host in Kraft setzen</translation>
    </message>
    <message>
        <source>Put in as hex</source>
        <translation>Als Hex einsetzen</translation>
    </message>
    <message>
        <source>Put in large payload</source>
        <translation>Große Nutzdaten einsetzen</translation>
    </message>
    <message>
        <source>Put origin in force</source>
        <translation>Origin in Kraft setzen</translation>
    </message>
    <message>
        <source>Raw examples</source>
        <translation>Rohe Beispiele</translation>
    </message>
    <message>
        <source>Raw frames</source>
        <translation>Rohe Frames</translation>
    </message>
    <message>
        <source>Raw payload as hex</source>
        <translation>Rohe Nutzdaten als Hex</translation>
    </message>
    <message>
        <source>Raw payload as text</source>
        <translation>Rohe Nutzdaten als Text</translation>
    </message>
    <message>
        <source>Raw request</source>
        <translation>Rohe Anfrage</translation>
    </message>
    <message>
        <source>Reachable from the network</source>
        <translation>Aus dem Netz erreichbar</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Zuletzt geöffnete Projekte</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Mitschnitt</translation>
    </message>
    <message>
        <source>Refuse clients without an Origin</source>
        <translation>Clients ohne Origin abweisen</translation>
    </message>
    <message>
        <source>Refuse it afterwards</source>
        <translation>Danach abweisen</translation>
    </message>
    <message>
        <source>Refused attempt</source>
        <translation>Abgewiesener Versuch</translation>
    </message>
    <message>
        <source>Refused attempt in detail</source>
        <translation>Abgewiesener Versuch im Einzelnen</translation>
    </message>
    <message>
        <source>Refused attempts</source>
        <translation>Abgewiesene Versuche</translation>
    </message>
    <message>
        <source>Refused attempts table</source>
        <translation>Tabelle der abgewiesenen Versuche</translation>
    </message>
    <message>
        <source>Refused attempts that need you</source>
        <translation>Abgewiesene Versuche, die Sie brauchen</translation>
    </message>
    <message>
        <source>Refused filter error</source>
        <translation>Fehler im Filter der abgewiesenen Versuche</translation>
    </message>
    <message>
        <source>Refused page</source>
        <translation>Abgewiesene Seite</translation>
    </message>
    <message>
        <source>Remove host</source>
        <translation>Host entfernen</translation>
    </message>
    <message>
        <source>Remove origin</source>
        <translation>Origin entfernen</translation>
    </message>
    <message>
        <source>Remove piece</source>
        <translation>Stück entfernen</translation>
    </message>
    <message>
        <source>Remove the chosen endpoint</source>
        <translation>Gewählten Endpunkt entfernen</translation>
    </message>
    <message>
        <source>Remove the chosen subprotocol</source>
        <translation>Gewähltes Subprotokoll entfernen</translation>
    </message>
    <message>
        <source>Remove this address</source>
        <translation>Diese Adresse entfernen</translation>
    </message>
    <message>
        <source>Rename connection</source>
        <translation>Verbindung umbenennen</translation>
    </message>
    <message>
        <source>Renew the certificate</source>
        <translation>Zertifikat erneuern</translation>
    </message>
    <message>
        <source>Renew the certificate or change its names</source>
        <translation>Zertifikat erneuern oder seine Namen ändern</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Repeat interval</source>
        <translation>Abstand der Wiederholungen</translation>
    </message>
    <message>
        <source>Repeat jitter</source>
        <translation>Schwankung der Wiederholungen</translation>
    </message>
    <message>
        <source>Repeat large payload</source>
        <translation>Große Nutzdaten wiederholen</translation>
    </message>
    <message>
        <source>Repeated message</source>
        <translation>Wiederholte Nachricht</translation>
    </message>
    <message>
        <source>Repeating</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Result of sending</source>
        <translation>Ergebnis des Sendens</translation>
    </message>
    <message>
        <source>Retry export</source>
        <translation>Export erneut versuchen</translation>
    </message>
    <message>
        <source>Retry opening the recording</source>
        <translation>Öffnen des Mitschnitts erneut versuchen</translation>
    </message>
    <message>
        <source>Retry to save</source>
        <translation>Speichern erneut versuchen</translation>
    </message>
    <message>
        <source>Retry to save the project</source>
        <translation>Speichern des Projekts erneut versuchen</translation>
    </message>
    <message>
        <source>Retry to save the settings</source>
        <translation>Speichern der Einstellungen erneut versuchen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as template</source>
        <translation>Als Vorlage speichern</translation>
    </message>
    <message>
        <source>Save payload as file</source>
        <translation>Nutzdaten als Datei speichern</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>Projekt speichern unter</translation>
    </message>
    <message>
        <source>Save the project again</source>
        <translation>Projekt erneut speichern</translation>
    </message>
    <message>
        <source>Save the project elsewhere</source>
        <translation>Projekt woanders speichern</translation>
    </message>
    <message>
        <source>Seconds of refusing</source>
        <translation>Sekunden des Abweisens</translation>
    </message>
    <message>
        <source>See why the page failed</source>
        <translation>Sehen, warum die Seite scheiterte</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send a file</source>
        <translation>Datei senden</translation>
    </message>
    <message>
        <source>Send large payload</source>
        <translation>Große Nutzdaten senden</translation>
    </message>
    <message>
        <source>Serve browsers older than RFC 6455</source>
        <translation>Browser von vor RFC 6455 bedienen</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Server name (SNI)</source>
        <translation>Servername (SNI)</translation>
    </message>
    <message>
        <source>Settings not saved</source>
        <translation>Einstellungen nicht gespeichert</translation>
    </message>
    <message>
        <source>Show all notices</source>
        <translation>Alle Hinweise zeigen</translation>
    </message>
    <message>
        <source>Show cleared connections again</source>
        <translation>Entfernte Verbindungen wieder zeigen</translation>
    </message>
    <message>
        <source>Show cleared messages again</source>
        <translation>Geleerte Nachrichten wieder zeigen</translation>
    </message>
    <message>
        <source>Show closed connections</source>
        <translation>Geschlossene Verbindungen zeigen</translation>
    </message>
    <message>
        <source>Show messages like this again</source>
        <translation>Nachrichten wie diese wieder zeigen</translation>
    </message>
    <message>
        <source>Show refused attempts</source>
        <translation>Abgewiesene Versuche zeigen</translation>
    </message>
    <message>
        <source>Show templates</source>
        <translation>Vorlagen zeigen</translation>
    </message>
    <message>
        <source>Show what was refused</source>
        <translation>Zeigen, was abgewiesen wurde</translation>
    </message>
    <message>
        <source>Side panel</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Side panel tabs</source>
        <translation>Reiter der Seitenleiste</translation>
    </message>
    <message>
        <source>Something is being done</source>
        <translation>Etwas wird getan</translation>
    </message>
    <message>
        <source>Speak ws and wss on the port of this attempt</source>
        <translation>Auf dem Port dieses Versuchs ws und wss sprechen</translation>
    </message>
    <message>
        <source>Start export</source>
        <translation>Export starten</translation>
    </message>
    <message>
        <source>Start listening</source>
        <translation>Lauschen beginnen</translation>
    </message>
    <message>
        <source>Start or stop</source>
        <translation>Starten oder anhalten</translation>
    </message>
    <message>
        <source>Start repeating</source>
        <translation>Wiederholen starten</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Steps by hand</source>
        <translation>Schritte von Hand</translation>
    </message>
    <message>
        <source>Steps for each browser</source>
        <translation>Schritte für jeden Browser</translation>
    </message>
    <message>
        <source>Stop all repeating</source>
        <translation>Alle Wiederholungen anhalten</translation>
    </message>
    <message>
        <source>Stop following the page</source>
        <translation>Der Seite nicht mehr folgen</translation>
    </message>
    <message>
        <source>Stop listening on this network</source>
        <translation>In diesem Netz nicht mehr lauschen</translation>
    </message>
    <message>
        <source>Stop repeating</source>
        <translation>Wiederholen anhalten</translation>
    </message>
    <message>
        <source>Style of kicking</source>
        <translation>Art des Trennens</translation>
    </message>
    <message>
        <source>Subprotocols of the chosen endpoint</source>
        <translation>Subprotokolle des gewählten Endpunkts</translation>
    </message>
    <message>
        <source>Summary of the frames</source>
        <translation>Zusammenfassung der Frames</translation>
    </message>
    <message>
        <source>Take the block of this attempt away</source>
        <translation>Sperre dieses Versuchs aufheben</translation>
    </message>
    <message>
        <source>Take the edits back</source>
        <translation>Änderungen zurücknehmen</translation>
    </message>
    <message>
        <source>Take the project of the file</source>
        <translation>Projekt der Datei übernehmen</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Template name</source>
        <translation>Name der Vorlage</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Text to send</source>
        <translation>Zu sendender Text</translation>
    </message>
    <message>
        <source>The certificate</source>
        <translation>Das Zertifikat</translation>
    </message>
    <message>
        <source>This is a recording</source>
        <translation>Dies ist ein Mitschnitt</translation>
    </message>
    <message>
        <source>Trouble with the project file</source>
        <translation>Schwierigkeiten mit der Projektdatei</translation>
    </message>
    <message>
        <source>Trust in all browsers</source>
        <translation>In allen Browsern vertrauen</translation>
    </message>
    <message>
        <source>Try again to listen</source>
        <translation>Erneut zu lauschen versuchen</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Turn wss off</source>
        <translation>wss ausschalten</translation>
    </message>
    <message>
        <source>Two ends that echo each other</source>
        <translation>Zwei Enden, die einander echoen</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Sperre aufheben</translation>
    </message>
    <message>
        <source>Undo allow</source>
        <translation>Erlauben rückgängig machen</translation>
    </message>
    <message>
        <source>Undo allowing</source>
        <translation>Das Erlauben rückgängig machen</translation>
    </message>
    <message>
        <source>Undo change of hosts</source>
        <translation>Änderung der Hosts rückgängig machen</translation>
    </message>
    <message>
        <source>Undo change of origins</source>
        <translation>Änderung der Origins rückgängig machen</translation>
    </message>
    <message>
        <source>Undo change of raw frames</source>
        <translation>Änderung der rohen Frames rückgängig machen</translation>
    </message>
    <message>
        <source>Undo clearing events</source>
        <translation>Leeren der Ereignisse rückgängig machen</translation>
    </message>
    <message>
        <source>Undo clearing refused attempts</source>
        <translation>Leeren der abgewiesenen Versuche rückgängig machen</translation>
    </message>
    <message>
        <source>Undo clearing the command history</source>
        <translation>Leeren des Befehlsverlaufs rückgängig machen</translation>
    </message>
    <message>
        <source>Undo delete template</source>
        <translation>Löschen der Vorlage rückgängig machen</translation>
    </message>
    <message>
        <source>Undo discarding payload</source>
        <translation>Verwerfen der Nutzdaten rückgängig machen</translation>
    </message>
    <message>
        <source>Undo making silent</source>
        <translation>Stummschalten rückgängig machen</translation>
    </message>
    <message>
        <source>Undo putting in</source>
        <translation>Einsetzen rückgängig machen</translation>
    </message>
    <message>
        <source>Undo removing</source>
        <translation>Entfernen rückgängig machen</translation>
    </message>
    <message>
        <source>Undo replacing template</source>
        <translation>Ersetzen der Vorlage rückgängig machen</translation>
    </message>
    <message>
        <source>Undo speaking ws and wss</source>
        <translation>Sprechen von ws und wss rückgängig machen</translation>
    </message>
    <message>
        <source>Undo the change of the list</source>
        <translation>Änderung der Liste rückgängig machen</translation>
    </message>
    <message>
        <source>Undo unblocking</source>
        <translation>Aufheben der Sperre rückgängig machen</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Nicht gespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Use an own certificate</source>
        <translation>Eigenes Zertifikat verwenden</translation>
    </message>
    <message>
        <source>Use an own certificate instead</source>
        <translation>Stattdessen ein eigenes Zertifikat verwenden</translation>
    </message>
    <message>
        <source>Use another port this time</source>
        <translation>Diesmal einen anderen Port verwenden</translation>
    </message>
    <message>
        <source>Use from a phone</source>
        <translation>Vom Telefon nutzen</translation>
    </message>
    <message>
        <source>Use the development certificate</source>
        <translation>Entwicklungszertifikat verwenden</translation>
    </message>
    <message>
        <source>Use this certificate</source>
        <translation>Dieses Zertifikat verwenden</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Verdict on the host</source>
        <translation>Urteil über den Host</translation>
    </message>
    <message>
        <source>Verdict on the host of the attempt</source>
        <translation>Urteil über den Host des Versuchs</translation>
    </message>
    <message>
        <source>Verdict on the origin</source>
        <translation>Urteil über die Origin</translation>
    </message>
    <message>
        <source>Verdict on the origin of the attempt</source>
        <translation>Urteil über die Origin des Versuchs</translation>
    </message>
    <message>
        <source>Views of the message</source>
        <translation>Ansichten der Nachricht</translation>
    </message>
    <message>
        <source>Warning about OpenSSL</source>
        <translation>Warnung zu OpenSSL</translation>
    </message>
    <message>
        <source>Warning about pages without an origin</source>
        <translation>Warnung vor Seiten ohne Origin</translation>
    </message>
    <message>
        <source>What TLS said</source>
        <translation>Was TLS sagte</translation>
    </message>
    <message>
        <source>What browsers may object to</source>
        <translation>Was Browser beanstanden können</translation>
    </message>
    <message>
        <source>What follows the bytes</source>
        <translation>Was auf die Bytes folgt</translation>
    </message>
    <message>
        <source>What has come</source>
        <translation>Was gekommen ist</translation>
    </message>
    <message>
        <source>What is being done</source>
        <translation>Was gerade getan wird</translation>
    </message>
    <message>
        <source>What is recorded</source>
        <translation>Was aufgezeichnet wird</translation>
    </message>
    <message>
        <source>What is refused afterwards</source>
        <translation>Was danach abgewiesen wird</translation>
    </message>
    <message>
        <source>What is repeated</source>
        <translation>Was wiederholt wird</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>What is wrong with the certificate</source>
        <translation>Was mit dem Zertifikat nicht stimmt</translation>
    </message>
    <message>
        <source>What is wrong with the names</source>
        <translation>Was mit den Namen nicht stimmt</translation>
    </message>
    <message>
        <source>What it speaks</source>
        <translation>Was sie spricht</translation>
    </message>
    <message>
        <source>What reached this server</source>
        <translation>Was diesen Server erreichte</translation>
    </message>
    <message>
        <source>What that means</source>
        <translation>Was das bedeutet</translation>
    </message>
    <message>
        <source>What the browser&apos;s console says</source>
        <translation>Was die Konsole des Browsers sagt</translation>
    </message>
    <message>
        <source>What the certificate says</source>
        <translation>Was das Zertifikat sagt</translation>
    </message>
    <message>
        <source>What the chosen endpoint answers</source>
        <translation>Was der gewählte Endpunkt antwortet</translation>
    </message>
    <message>
        <source>What the new subprotocol answers</source>
        <translation>Was das neue Subprotokoll antwortet</translation>
    </message>
    <message>
        <source>What the page will see</source>
        <translation>Was die Seite sehen wird</translation>
    </message>
    <message>
        <source>What the subprotocol answers</source>
        <translation>Was das Subprotokoll antwortet</translation>
    </message>
    <message>
        <source>What to do about it</source>
        <translation>Was dagegen zu tun ist</translation>
    </message>
    <message>
        <source>What was answered</source>
        <translation>Was geantwortet wurde</translation>
    </message>
    <message>
        <source>What was asked</source>
        <translation>Was gefragt wurde</translation>
    </message>
    <message>
        <source>What wss needs on the phone</source>
        <translation>Was wss auf dem Telefon braucht</translation>
    </message>
    <message>
        <source>When the certificate is valid</source>
        <translation>Wann das Zertifikat gültig ist</translation>
    </message>
    <message>
        <source>Where it listens</source>
        <translation>Wo gelauscht wird</translation>
    </message>
    <message>
        <source>Where it listens, and the ways from here</source>
        <translation>Wo gelauscht wird und wie es weitergeht</translation>
    </message>
    <message>
        <source>Whether it listens</source>
        <translation>Ob dort gelauscht wird</translation>
    </message>
    <message>
        <source>Whether wss is served</source>
        <translation>Ob wss bedient wird</translation>
    </message>
    <message>
        <source>Which connection to follow</source>
        <translation>Welcher Verbindung zu folgen ist</translation>
    </message>
    <message>
        <source>Who asked</source>
        <translation>Wer gefragt hat</translation>
    </message>
    <message>
        <source>Who is kicked</source>
        <translation>Wer getrennt wird</translation>
    </message>
    <message>
        <source>Who is refused</source>
        <translation>Wer abgewiesen wird</translation>
    </message>
    <message>
        <source>Who trusts the certificate</source>
        <translation>Wer dem Zertifikat vertraut</translation>
    </message>
    <message>
        <source>Why it cannot be sent</source>
        <translation>Warum es nicht gesendet werden kann</translation>
    </message>
    <message>
        <source>Why it cannot be used</source>
        <translation>Warum es nicht verwendet werden kann</translation>
    </message>
    <message>
        <source>Why it does not listen</source>
        <translation>Warum nicht gelauscht wird</translation>
    </message>
    <message>
        <source>Why it was refused</source>
        <translation>Warum es abgewiesen wurde</translation>
    </message>
    <message>
        <source>Why the page failed</source>
        <translation>Warum die Seite scheiterte</translation>
    </message>
    <message>
        <source>Why there is no JSON tree</source>
        <translation>Warum es keinen JSON-Baum gibt</translation>
    </message>
    <message>
        <source>access</source>
        <translation>Zugang</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>command history</source>
        <translation>Befehlsverlauf</translation>
    </message>
    <message>
        <source>composer</source>
        <translation>Eingabefeld</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>hosts edit</source>
        <translation>Bearbeitung der Hosts</translation>
    </message>
    <message>
        <source>hosts list</source>
        <translation>Liste der Hosts</translation>
    </message>
    <message>
        <source>listeners</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>origins edit</source>
        <translation>Bearbeitung der Origins</translation>
    </message>
    <message>
        <source>origins list</source>
        <translation>Liste der Origins</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>Mitschnitt</translation>
    </message>
    <message>
        <source>refused attempts</source>
        <translation>abgewiesene Versuche</translation>
    </message>
    <message>
        <source>templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Apply the edits and close</source>
        <translation>Änderungen übernehmen und schließen</translation>
    </message>
    <message>
        <source>Back to the own certificate</source>
        <translation>Zurück zum eigenen Zertifikat</translation>
    </message>
    <message>
        <source>Discard the edits and close</source>
        <translation>Änderungen verwerfen und schließen</translation>
    </message>
    <message>
        <source>Edits that are not applied</source>
        <translation>Änderungen, die nicht übernommen sind</translation>
    </message>
    <message>
        <source>Go on editing the listeners</source>
        <translation>Weiter an den Adressen arbeiten</translation>
    </message>
    <message>
        <source>Make a new development certificate</source>
        <translation>Neues Entwicklungszertifikat machen</translation>
    </message>
    <message>
        <source>Who trusts an own certificate</source>
        <translation>Wer einem eigenen Zertifikat vertraut</translation>
    </message>
    <message>
        <source>About the transports</source>
        <translation>Über die Transportwege</translation>
    </message>
    <message>
        <source>Address of the SockJS client</source>
        <translation>Adresse des SockJS-Clients</translation>
    </message>
    <message>
        <source>Any page may connect</source>
        <translation>Jede Seite darf sich verbinden</translation>
    </message>
    <message>
        <source>Copy what a page opens</source>
        <translation>Kopieren, was eine Seite öffnet</translation>
    </message>
    <message>
        <source>Disconnect delay</source>
        <translation>Frist bis zum Aufgeben</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>Lebenszeichen</translation>
    </message>
    <message>
        <source>More of SockJS</source>
        <translation>Mehr zu SockJS</translation>
    </message>
    <message>
        <source>Permit the SockJS transport of this attempt</source>
        <translation>Den SockJS-Transportweg dieses Versuchs erlauben</translation>
    </message>
    <message>
        <source>Reachable without WebSocket (SockJS)</source>
        <translation>Ohne WebSocket erreichbar (SockJS)</translation>
    </message>
    <message>
        <source>Response limit</source>
        <translation>Grenze einer Antwort</translation>
    </message>
    <message>
        <source>Set a cookie for load balancers</source>
        <translation>Ein Cookie für Lastverteiler setzen</translation>
    </message>
    <message>
        <source>Show the wide open endpoint</source>
        <translation>Den weit offenen Endpunkt zeigen</translation>
    </message>
    <message>
        <source>What a page opens</source>
        <translation>Was eine Seite öffnet</translation>
    </message>
    <message>
        <source>What any page means</source>
        <translation>Was jede Seite bedeutet</translation>
    </message>
    <message>
        <source>Why SockJS cannot be switched on</source>
        <translation>Warum SockJS nicht eingeschaltet werden kann</translation>
    </message>
    <message>
        <source>Permit eventsource</source>
        <translation>eventsource erlauben</translation>
    </message>
    <message>
        <source>Permit htmlfile</source>
        <translation>htmlfile erlauben</translation>
    </message>
    <message>
        <source>Permit jsonp</source>
        <translation>jsonp erlauben</translation>
    </message>
    <message>
        <source>Permit websocket</source>
        <translation>websocket erlauben</translation>
    </message>
    <message>
        <source>Permit xhr-polling</source>
        <translation>xhr-polling erlauben</translation>
    </message>
    <message>
        <source>Permit xhr-streaming</source>
        <translation>xhr-streaming erlauben</translation>
    </message>
    <message>
        <source>Cancel closing</source>
        <translation>Schließen abbrechen</translation>
    </message>
    <message>
        <source>Confirm closing</source>
        <translation>Schließen bestätigen</translation>
    </message>
    <message>
        <source>Confirm closing and deliver</source>
        <translation>Schließen bestätigen und zustellen</translation>
    </message>
    <message>
        <source>Confirm closing and drop</source>
        <translation>Schließen bestätigen und verwerfen</translation>
    </message>
    <message>
        <source>Connections would end</source>
        <translation>Verbindungen würden enden</translation>
    </message>
    <message>
        <source>About the past runs</source>
        <translation>Über die bisherigen Läufe</translation>
    </message>
    <message>
        <source>Allow loading a server on another machine</source>
        <translation>Belasten eines Servers auf einem anderen Rechner erlauben</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Cancel deleting runs</source>
        <translation>Löschen der Läufe abbrechen</translation>
    </message>
    <message>
        <source>Confirm deleting runs</source>
        <translation>Löschen der Läufe bestätigen</translation>
    </message>
    <message>
        <source>Delete runs</source>
        <translation>Läufe löschen</translation>
    </message>
    <message>
        <source>Delete the selected runs</source>
        <translation>Die ausgewählten Läufe löschen</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Export run</source>
        <translation>Lauf exportieren</translation>
    </message>
    <message>
        <source>Export the selected run</source>
        <translation>Den ausgewählten Lauf exportieren</translation>
    </message>
    <message>
        <source>Figures of the selected runs</source>
        <translation>Zahlen der ausgewählten Läufe</translation>
    </message>
    <message>
        <source>How the run goes</source>
        <translation>Wie es dem Lauf geht</translation>
    </message>
    <message>
        <source>Latency percentiles over time</source>
        <translation>Perzentile der Latenz im Verlauf</translation>
    </message>
    <message>
        <source>Look for the program again</source>
        <translation>Noch einmal nach dem Programm suchen</translation>
    </message>
    <message>
        <source>Messages in flight</source>
        <translation>Nachrichten unterwegs</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Offer permessage-deflate</source>
        <translation>permessage-deflate anbieten</translation>
    </message>
    <message>
        <source>Past runs</source>
        <translation>Bisherige Läufe</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Server to load</source>
        <translation>Server, der belastet wird</translation>
    </message>
    <message>
        <source>Size of a message</source>
        <translation>Größe einer Nachricht</translation>
    </message>
    <message>
        <source>Start or stop the run</source>
        <translation>Lauf starten oder stoppen</translation>
    </message>
    <message>
        <source>Table of past runs</source>
        <translation>Tabelle der bisherigen Läufe</translation>
    </message>
    <message>
        <source>Throughput over time</source>
        <translation>Durchsatz im Verlauf</translation>
    </message>
    <message>
        <source>URL of the server to load</source>
        <translation>URL des Servers, der belastet wird</translation>
    </message>
    <message>
        <source>Warning about remote servers</source>
        <translation>Warnung vor entfernten Servern</translation>
    </message>
    <message>
        <source>What keeps it from running</source>
        <translation>Was dem Lauf entgegensteht</translation>
    </message>
    <message>
        <source>What the mode does</source>
        <translation>Was der Modus tut</translation>
    </message>
    <message>
        <source>What to run</source>
        <translation>Was laufen soll</translation>
    </message>
    <message>
        <source>benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>past runs</source>
        <translation>bisherige Läufe</translation>
    </message>
    <message>
        <source>Bound of the latency</source>
        <translation>Grenze der Latenz</translation>
    </message>
    <message>
        <source>Content of the messages</source>
        <translation>Inhalt der Nachrichten</translation>
    </message>
    <message>
        <source>Fragments of a message</source>
        <translation>Fragmente einer Nachricht</translation>
    </message>
    <message>
        <source>More options of jackfield-bench</source>
        <translation>Weitere Optionen von jackfield-bench</translation>
    </message>
    <message>
        <source>Subprotocol that is offered</source>
        <translation>angebotenes Subprotokoll</translation>
    </message>
</context>
<context>
    <name>BehaviourChoice</name>
    <message>
        <source>&amp;echo: what the page sends</source>
        <translation>&amp;echo: was die Seite sendet</translation>
    </message>
    <message>
        <source>&amp;reverse: the text backwards</source>
        <translation>&amp;reverse: der Text rückwärts</translation>
    </message>
    <message>
        <source>&amp;chat: to everyone else</source>
        <translation>&amp;chat: an alle anderen</translation>
    </message>
    <message>
        <source>&amp;silent: only what you send by hand</source>
        <translation>&amp;silent: nur was Sie von Hand senden</translation>
    </message>
    <message>
        <source>c&amp;lose: ends each connection at once</source>
        <translation>c&amp;lose: beendet jede Verbindung sofort</translation>
    </message>
</context>
<context>
    <name>Benchmark</name>
    <message>
        <source>Passed</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Passed, not strictest</source>
        <translation>Bestanden, nicht am strengsten</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Nicht bestanden</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>%1; wanted: %2 (%3)</source>
        <translation>%1; verlangt: %2 (%3)</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Keeps messages in flight and counts how many come back in a second.</source>
        <translation>Hält Nachrichten unterwegs und zählt, wie viele in einer Sekunde zurückkommen.</translation>
    </message>
    <message>
        <source>Sends a fixed number of messages a second, and measures latency from when each was due.</source>
        <translation>Sendet eine feste Zahl von Nachrichten in der Sekunde und misst die Latenz von da an, wo jede fällig war.</translation>
    </message>
    <message>
        <source>Opens and closes connections and counts the handshakes in a second.</source>
        <translation>Öffnet und schließt Verbindungen und zählt die Handshakes in einer Sekunde.</translation>
    </message>
    <message>
        <source>Opens connections and holds them: what the server&apos;s memory is for each.</source>
        <translation>Öffnet Verbindungen und hält sie: was der Server an Speicher für jede braucht.</translation>
    </message>
    <message>
        <source>One connection sends, all receive (a chat): counts the deliveries in a second.</source>
        <translation>Eine Verbindung sendet, alle empfangen (ein Chat): zählt die Zustellungen in einer Sekunde.</translation>
    </message>
    <message>
        <source>Raises the rate until the 99th percentile of latency is over 10 ms, and names the knee.</source>
        <translation>Erhöht die Rate, bis das 99. Perzentil der Latenz über 10 ms liegt, und nennt den Knick.</translation>
    </message>
    <message>
        <source>A long run of mixed messages, with connections that come and go; memory must not grow.</source>
        <translation>Ein langer Lauf mit gemischten Nachrichten und Verbindungen, die kommen und gehen; der Speicher darf nicht wachsen.</translation>
    </message>
    <message>
        <source>Tries some hundred frames and handshakes and compares what comes back with the standard.</source>
        <translation>Probiert rund hundert Frames und Handshakes und vergleicht, was zurückkommt, mit dem Standard.</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>Echo</translation>
    </message>
    <message>
        <source>Fixed rate</source>
        <translation>Feste Rate</translation>
    </message>
    <message>
        <source>Handshakes</source>
        <translation>Handshakes</translation>
    </message>
    <message>
        <source>Idle connections</source>
        <translation>Ruhende Verbindungen</translation>
    </message>
    <message>
        <source>Fan-out</source>
        <translation>Fan-out</translation>
    </message>
    <message>
        <source>Rising rate</source>
        <translation>Steigende Rate</translation>
    </message>
    <message>
        <source>Soak</source>
        <translation>Dauerlauf</translation>
    </message>
    <message>
        <source>Conformance check</source>
        <translation>Konformität</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>nicht bestanden</translation>
    </message>
    <message>
        <source>with errors</source>
        <translation>mit Fehlern</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>Latency p50</source>
        <translation>Latenz p50</translation>
    </message>
    <message>
        <source>Latency p90</source>
        <translation>Latenz p90</translation>
    </message>
    <message>
        <source>Latency p99</source>
        <translation>Latenz p99</translation>
    </message>
    <message>
        <source>Latency p99.9</source>
        <translation>Latenz p99,9</translation>
    </message>
    <message>
        <source>Latency, longest</source>
        <translation>Latenz, längste</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Time to open them</source>
        <translation>Zeit, sie zu öffnen</translation>
    </message>
    <message>
        <source>Time measured</source>
        <translation>Gemessene Zeit</translation>
    </message>
    <message>
        <source>Server&apos;s CPU a message</source>
        <translation>CPU des Servers je Nachricht</translation>
    </message>
    <message>
        <source>Client&apos;s CPU a message</source>
        <translation>CPU des Clients je Nachricht</translation>
    </message>
    <message>
        <source>Server&apos;s memory, most</source>
        <translation>Speicher des Servers, höchstens</translation>
    </message>
    <message>
        <source>Memory a connection</source>
        <translation>Speicher je Verbindung</translation>
    </message>
    <message>
        <source>Rate at the knee</source>
        <translation>Rate am Knick</translation>
    </message>
    <message>
        <source>Sent too late</source>
        <translation>Zu spät gesendet</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>ClosingQuestion</name>
    <message numerus="yes">
        <source>%1 still wait to be sent to %2 of them.</source>
        <comment>of the open connections</comment>
        <translation>
            <numerusform>%1 warten noch darauf, an %2 davon gesendet zu werden.</numerusform>
            <numerusform>%1 warten noch darauf, an %2 davon gesendet zu werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Each page gets a close with 1001.</source>
        <translation>Jede Seite bekommt ein Close mit 1001.</translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation>Server stoppen</translation>
    </message>
    <message numerus="yes">
        <source>Close %1 open connections?</source>
        <translation>
            <numerusform>%1 offene Verbindung schließen?</numerusform>
            <numerusform>%1 offene Verbindungen schließen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop, deliver up to %1</source>
        <translation>Stoppen, bis zu %1 zustellen</translation>
    </message>
    <message>
        <source>Stop, drop now</source>
        <translation>Stoppen, jetzt verwerfen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Quit Jackfield</source>
        <translation>Jackfield beenden</translation>
    </message>
    <message>
        <source>Quit, deliver up to %1</source>
        <translation>Beenden, bis zu %1 zustellen</translation>
    </message>
    <message>
        <source>Quit, drop now</source>
        <translation>Beenden, jetzt verwerfen</translation>
    </message>
    <message>
        <source>Close what the lists would refuse</source>
        <translation>Schließen, was die Listen ablehnen würden</translation>
    </message>
    <message>
        <source>The lists would refuse them now. Each page gets a close with 1008.</source>
        <translation>Die Listen würden sie jetzt ablehnen. Jede Seite bekommt ein Close mit 1008.</translation>
    </message>
    <message>
        <source>Close them</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Of the messages that waited when the server stopped, %1 were sent and %2 were dropped.</source>
        <translation>Von den Nachrichten, die beim Stoppen des Servers warteten, wurden %1 gesendet und %2 verworfen.</translation>
    </message>
</context>
<context>
    <name>ConnectionColumn</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>From browser</source>
        <translation>Vom Browser</translation>
    </message>
    <message>
        <source>To browser</source>
        <translation>Zum Browser</translation>
    </message>
    <message>
        <source>Last message</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Gegenstelle</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Origin</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Subprotocol</source>
        <translation>Subprotokoll</translation>
    </message>
    <message>
        <source>Bytes from browser</source>
        <translation>Bytes vom Browser</translation>
    </message>
    <message>
        <source>Bytes to browser</source>
        <translation>Bytes zum Browser</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Untätig</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Protocol version</source>
        <translation>Protokollversion</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>User agent</source>
        <translation>User-Agent</translation>
    </message>
    <message>
        <source>Send queue</source>
        <translation>Sendewarteschlange</translation>
    </message>
    <message>
        <source>Close code</source>
        <translation>Schließcode</translation>
    </message>
    <message>
        <source>Who closed</source>
        <translation>Wer schloss</translation>
    </message>
    <message>
        <source>Extensions</source>
        <translation>Erweiterungen</translation>
    </message>
    <message>
        <source>Compressed from</source>
        <translation>Komprimiert vom Browser</translation>
    </message>
    <message>
        <source>Compressed to</source>
        <translation>Komprimiert zum Browser</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Cipher</source>
        <translation>Chiffre</translation>
    </message>
    <message>
        <source>ALPN</source>
        <translation>ALPN</translation>
    </message>
    <message>
        <source>Server name (SNI)</source>
        <translation>Servername (SNI)</translation>
    </message>
    <message>
        <source>TLS session</source>
        <translation>TLS-Sitzung</translation>
    </message>
    <message>
        <source>From</source>
        <comment>a narrow column: messages from browser</comment>
        <translation>Vom</translation>
    </message>
    <message>
        <source>To</source>
        <comment>a narrow column: messages to browser</comment>
        <translation>Zum</translation>
    </message>
    <message>
        <source>Last</source>
        <comment>a narrow column: when the last message was</comment>
        <translation>Zuletzt</translation>
    </message>
</context>
<context>
    <name>DisplayText</name>
    <message>
        <source>“%1”</source>
        <comment>around a name that is not ours</comment>
        <translation>„%1“</translation>
    </message>
</context>
<context>
    <name>EventLogModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
</context>
<context>
    <name>EventWords</name>
    <message>
        <source>a connection</source>
        <translation>eine Verbindung</translation>
    </message>
    <message>
        <source>%1 closed by the browser with %2</source>
        <translation>%1 vom Browser geschlossen mit %2</translation>
    </message>
    <message>
        <source>%1 closed by hand with %2</source>
        <translation>%1 von Hand geschlossen mit %2</translation>
    </message>
    <message>
        <source>%1 closed by Jackfield with %2</source>
        <translation>%1 von Jackfield geschlossen mit %2</translation>
    </message>
    <message>
        <source>%1 closed by its endpoint with %2</source>
        <translation>%1 vom Endpunkt geschlossen mit %2</translation>
    </message>
    <message>
        <source>%1 closed as the server stops with %2</source>
        <translation>%1 beim Stoppen des Servers geschlossen mit %2</translation>
    </message>
    <message>
        <source>Answered %1 with %2</source>
        <translation>%1 mit %2 beantwortet</translation>
    </message>
    <message>
        <source>%1 left without sending anything</source>
        <translation>%1 ging, ohne etwas zu senden</translation>
    </message>
    <message>
        <source>%1 left before it could be answered</source>
        <translation>%1 ging, ehe eine Antwort möglich war</translation>
    </message>
    <message>
        <source>Refused %1</source>
        <translation>%1 abgewiesen</translation>
    </message>
    <message>
        <source>Refused %1 with %2</source>
        <translation>%1 mit %2 abgewiesen</translation>
    </message>
    <message>
        <source>server name %1</source>
        <translation>Servername %1</translation>
    </message>
    <message>
        <source>A connection opened</source>
        <translation>Eine Verbindung wurde geöffnet</translation>
    </message>
    <message>
        <source>%1 opened: %2 at %3 asks for %4</source>
        <translation>%1 geöffnet: %2 von %3 fragt nach %4</translation>
    </message>
    <message>
        <source>%1 opened: no origin at %2 asks for %3</source>
        <translation>%1 geöffnet: kein Origin, %2 fragt nach %3</translation>
    </message>
    <message>
        <source>, subprotocol %1</source>
        <translation>, Subprotokoll %1</translation>
    </message>
    <message>
        <source>, by %1</source>
        <comment>a transport of SockJS</comment>
        <translation>, über %1</translation>
    </message>
    <message>
        <source>; it tried %1</source>
        <translation>; versucht wurde %1</translation>
    </message>
    <message>
        <source>, reason %1</source>
        <translation>, Grund %1</translation>
    </message>
    <message>
        <source>, after %1</source>
        <translation>, nach %1</translation>
    </message>
    <message numerus="yes">
        <source>; %1 messages from the browser</source>
        <translation>
            <numerusform>; %1 Nachricht vom Browser</numerusform>
            <numerusform>; %1 Nachrichten vom Browser</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 to it</source>
        <translation>, %1 zum Browser</translation>
    </message>
    <message>
        <source>%1 attempts: %2</source>
        <translation>%1 Versuche: %2</translation>
    </message>
    <message>
        <source> (and %1 more like it)</source>
        <translation> (und %1 weitere wie dieser)</translation>
    </message>
    <message>
        <source>Cannot listen on %1: %2</source>
        <translation>Auf %1 kann nicht gelauscht werden: %2</translation>
    </message>
    <message>
        <source>Port %1 of %2 is used by another program</source>
        <translation>Port %1 von %2 wird von einem anderen Programm benutzt</translation>
    </message>
    <message>
        <source>Port %1 of %2 is used by a program (pid %3)</source>
        <translation>Port %1 von %2 wird von einem Programm (PID %3) benutzt</translation>
    </message>
    <message>
        <source>Port %1 of %2 is used by %3 (pid %4)</source>
        <translation>Port %1 von %2 wird von %3 (PID %4) benutzt</translation>
    </message>
    <message>
        <source>; port %1 is free</source>
        <translation>; Port %1 ist frei</translation>
    </message>
    <message>
        <source>; the other addresses are served</source>
        <translation>; die anderen Adressen werden bedient</translation>
    </message>
    <message>
        <source>%1 reads slowly: %2 are waiting for it</source>
        <translation>%1 liest langsam: %2 warten darauf</translation>
    </message>
    <message>
        <source>%1 answered a ping after %2</source>
        <translation>%1 hat einen Ping nach %2 beantwortet</translation>
    </message>
    <message>
        <source>%1 answered the ping %2 after %3</source>
        <translation>%1 hat den Ping %2 nach %3 beantwortet</translation>
    </message>
    <message numerus="yes">
        <source>%1 times</source>
        <translation>
            <numerusform>%1 Mal</numerusform>
            <numerusform>%1 Mal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The limit of %1 connections refused newcomers: %2</source>
        <translation>
            <numerusform>Die Grenze von %1 Verbindung hat neue abgewiesen: %2</numerusform>
            <numerusform>Die Grenze von %1 Verbindungen hat neue abgewiesen: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The limit of %1 sockets that wait for a handshake dropped the oldest: %2</source>
        <translation>
            <numerusform>Die Grenze von %1 Socket, der auf seinen Handshake wartet, hat den ältesten fallen lassen: %2</numerusform>
            <numerusform>Die Grenze von %1 Sockets, die auf ihren Handshake warten, hat den ältesten fallen lassen: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Unfinished messages reached %1; the largest was given up: %2</source>
        <translation>Unfertige Nachrichten erreichten %1; die größte wurde aufgegeben: %2</translation>
    </message>
    <message>
        <source>The windows of compressed connections reached %1; connections compress each message by itself: %2</source>
        <translation>Die Fenster der komprimierten Verbindungen erreichten %1; Verbindungen komprimieren jede Nachricht für sich: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 events came faster than they could be listed and are missing here</source>
        <translation>
            <numerusform>%1 Ereignis kam schneller, als es aufgelistet werden konnte, und fehlt hier</numerusform>
            <numerusform>%1 Ereignisse kamen schneller, als sie aufgelistet werden konnten, und fehlen hier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>origin</source>
        <translation>Origin</translation>
    </message>
    <message>
        <source>host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Close frame</source>
        <translation>Close-Frame</translation>
    </message>
    <message>
        <source>End the stream without a close frame (FIN)</source>
        <translation>Datenstrom ohne Close-Frame beenden (FIN)</translation>
    </message>
    <message>
        <source>Reset the connection (RST)</source>
        <translation>Verbindung zurücksetzen (RST)</translation>
    </message>
    <message>
        <source>Go silent: read and answer nothing</source>
        <translation>Verstummen: nichts lesen, nichts antworten</translation>
    </message>
    <message>
        <source>Never answer its close</source>
        <translation>Nie auf ihr Close antworten</translation>
    </message>
    <message>
        <source>Never answer its pings</source>
        <translation>Nie auf ihre Pings antworten</translation>
    </message>
    <message>
        <source>Text Message</source>
        <translation>Text Message</translation>
    </message>
    <message>
        <source>Binary Message</source>
        <translation>Binary Message</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>Pong</source>
        <translation>Pong</translation>
    </message>
    <message>
        <source>Connection Close</source>
        <translation>Connection Close</translation>
    </message>
    <message>
        <source>Continuation Frame</source>
        <translation>Continuation Frame</translation>
    </message>
    <message>
        <source>Raw Bytes</source>
        <translation>Raw Bytes</translation>
    </message>
    <message>
        <source>from browser</source>
        <translation>vom Browser</translation>
    </message>
    <message>
        <source>to browser</source>
        <translation>zum Browser</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>Hand</translation>
    </message>
    <message>
        <source>echo</source>
        <translation>echo</translation>
    </message>
    <message>
        <source>reverse</source>
        <translation>reverse</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>chat</translation>
    </message>
    <message>
        <source>behaviour</source>
        <translation>Verhalten</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>the page</source>
        <translation>die Seite</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Jackfield</source>
        <translation>Jackfield</translation>
    </message>
    <message>
        <source>the endpoint</source>
        <translation>der Endpunkt</translation>
    </message>
    <message>
        <source>server stop</source>
        <translation>Serverstopp</translation>
    </message>
    <message>
        <source>,</source>
        <comment>between groups of three digits, as in 1,500</comment>
        <translation>.</translation>
    </message>
    <message>
        <source>.</source>
        <comment>the decimal point, as in 1.5</comment>
        <translation>,</translation>
    </message>
    <message>
        <source>it went away without a closing handshake</source>
        <translation>sie ging ohne abschließenden Handshake</translation>
    </message>
    <message>
        <source>it broke the protocol</source>
        <translation>sie hat das Protokoll verletzt</translation>
    </message>
    <message>
        <source>its message was too big</source>
        <translation>ihre Nachricht war zu groß</translation>
    </message>
    <message>
        <source>its text was no valid UTF-8</source>
        <translation>ihr Text war kein gültiges UTF-8</translation>
    </message>
    <message>
        <source>its compressed message could not be read</source>
        <translation>ihre komprimierte Nachricht war nicht lesbar</translation>
    </message>
    <message>
        <source>it flooded the server</source>
        <translation>sie hat den Server überflutet</translation>
    </message>
    <message>
        <source>it read too slowly</source>
        <translation>sie hat zu langsam gelesen</translation>
    </message>
    <message>
        <source>it answered no ping</source>
        <translation>sie hat keinen Ping beantwortet</translation>
    </message>
    <message>
        <source>it did not answer the Close frame</source>
        <translation>sie hat den Close-Frame nicht beantwortet</translation>
    </message>
    <message>
        <source>its unfinished message took too much memory</source>
        <translation>ihre unfertige Nachricht brauchte zu viel Speicher</translation>
    </message>
    <message>
        <source>what it sent was not TLS as the standard has it</source>
        <translation>was sie sandte, war kein TLS nach dem Standard</translation>
    </message>
    <message>
        <source>cut on purpose</source>
        <translation>mit Absicht gekappt</translation>
    </message>
    <message>
        <source>an error inside of the server</source>
        <translation>ein Fehler im Server</translation>
    </message>
</context>
<context>
    <name>MessageColumn</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>(%1, not captured)</source>
        <translation>(%1, nicht aufgezeichnet)</translation>
    </message>
    <message>
        <source>(%1, too large to be kept)</source>
        <translation>(%1, zu groß zum Behalten)</translation>
    </message>
    <message>
        <source>without a code</source>
        <translation>ohne Code</translation>
    </message>
</context>
<context>
    <name>PageColour</name>
    <message>
        <source>No colour</source>
        <translation>Keine Farbe</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Petrol</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
</context>
<context>
    <name>PayloadFile</name>
    <message>
        <source>%1 is no file that can be sent.</source>
        <translation>%1 ist keine Datei, die gesendet werden kann.</translation>
    </message>
    <message>
        <source>%1 is not there (any more).</source>
        <translation>%1 ist nicht (mehr) da.</translation>
    </message>
    <message>
        <source>%1 has %2, and one message takes up to %3.</source>
        <translation>%1 hat %2, und eine Nachricht fasst höchstens %3.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>%1 grew too large while it was read.</source>
        <translation>%1 wurde beim Lesen zu groß.</translation>
    </message>
    <message>
        <source>There is not enough memory for this file.</source>
        <translation>Für diese Datei reicht der Speicher nicht.</translation>
    </message>
</context>
<context>
    <name>PayloadSave</name>
    <message>
        <source>Save payload as file</source>
        <translation>Nutzdaten als Datei speichern</translation>
    </message>
    <message>
        <source>%1 holds the payload, %2.</source>
        <translation>%1 enthält den Inhalt, %2.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 konnte nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>RawPreset</name>
    <message>
        <source>continuation</source>
        <translation>continuation</translation>
    </message>
    <message>
        <source>text</source>
        <translation>text</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>binary</translation>
    </message>
    <message>
        <source>close</source>
        <translation>close</translation>
    </message>
    <message>
        <source>ping</source>
        <translation>ping</translation>
    </message>
    <message>
        <source>pong</source>
        <translation>pong</translation>
    </message>
    <message>
        <source>opcode %1</source>
        <translation>Opcode %1</translation>
    </message>
    <message>
        <source>Fragments with a ping between</source>
        <translation>Fragmente mit einem Ping dazwischen</translation>
    </message>
    <message>
        <source>One text message, and a pong (5.4)</source>
        <translation>Eine Text Message und ein Pong (5.4)</translation>
    </message>
    <message>
        <source>Empty fragments</source>
        <translation>Leere Fragmente</translation>
    </message>
    <message>
        <source>One text message (5.4)</source>
        <translation>Eine Text Message (5.4)</translation>
    </message>
    <message>
        <source>A character across two fragments</source>
        <translation>Ein Zeichen über zwei Fragmente</translation>
    </message>
    <message>
        <source>One text message, € (5.6)</source>
        <translation>Eine Text Message, € (5.6)</translation>
    </message>
    <message>
        <source>Bad UTF-8</source>
        <translation>Falsches UTF-8</translation>
    </message>
    <message>
        <source>Closes with 1007 (8.1)</source>
        <translation>Schließt mit 1007 (8.1)</translation>
    </message>
    <message>
        <source>Wrong length: 10 said, 5 sent</source>
        <translation>Falsche Länge: 10 genannt, 5 gesendet</translation>
    </message>
    <message>
        <source>Waits for more, and takes the next frame for payload</source>
        <translation>Wartet auf mehr und hält den nächsten Frame für Nutzdaten</translation>
    </message>
    <message>
        <source>A length in a longer form than needed</source>
        <translation>Eine Länge in zu langer Form</translation>
    </message>
    <message>
        <source>Fails the connection; few do (5.2)</source>
        <translation>Bricht die Verbindung ab; wenige tun es (5.2)</translation>
    </message>
    <message>
        <source>A length of 2⁶³ bytes</source>
        <translation>Eine Länge von 2⁶³ Bytes</translation>
    </message>
    <message>
        <source>Closes with 1002 or 1009 (5.2)</source>
        <translation>Schließt mit 1002 oder 1009 (5.2)</translation>
    </message>
    <message>
        <source>A reserved bit</source>
        <translation>Ein reserviertes Bit</translation>
    </message>
    <message>
        <source>Closes with 1002 (5.2)</source>
        <translation>Schließt mit 1002 (5.2)</translation>
    </message>
    <message>
        <source>A reserved opcode</source>
        <translation>Ein reservierter Opcode</translation>
    </message>
    <message>
        <source>A masked frame</source>
        <translation>Ein maskierter Frame</translation>
    </message>
    <message>
        <source>Closes with 1002: a server never masks (5.1)</source>
        <translation>Schließt mit 1002: ein Server maskiert nie (5.1)</translation>
    </message>
    <message>
        <source>A ping in fragments</source>
        <translation>Ein Ping in Fragmenten</translation>
    </message>
    <message>
        <source>Closes with 1002 (5.5)</source>
        <translation>Schließt mit 1002 (5.5)</translation>
    </message>
    <message>
        <source>A continuation of nothing</source>
        <translation>Eine Fortsetzung von nichts</translation>
    </message>
    <message>
        <source>Closes with 1002 (5.4)</source>
        <translation>Schließt mit 1002 (5.4)</translation>
    </message>
    <message>
        <source>A message within a message</source>
        <translation>Eine Nachricht in einer Nachricht</translation>
    </message>
    <message>
        <source>A close frame with half a code</source>
        <translation>Ein Close-Frame mit halbem Code</translation>
    </message>
    <message>
        <source>Closes with 1002 (5.5.1)</source>
        <translation>Schließt mit 1002 (5.5.1)</translation>
    </message>
    <message>
        <source>A close frame with code 1005</source>
        <translation>Ein Close-Frame mit Code 1005</translation>
    </message>
    <message>
        <source>Closes with 1002 (7.4.1)</source>
        <translation>Schließt mit 1002 (7.4.1)</translation>
    </message>
    <message>
        <source>Half a frame, then cut</source>
        <translation>Ein halber Frame, dann Schnitt</translation>
    </message>
    <message>
        <source>The page sees 1006, and no message</source>
        <translation>Die Seite sieht 1006 und keine Nachricht</translation>
    </message>
    <message>
        <source>A message, then a reset</source>
        <translation>Eine Nachricht, dann RST</translation>
    </message>
    <message>
        <source>The page sees 1006, perhaps without the message</source>
        <translation>Die Seite sieht 1006, vielleicht ohne die Nachricht</translation>
    </message>
    <message>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>as is, %1</source>
        <translation>wie es ist, %1</translation>
    </message>
    <message>
        <source>, fin</source>
        <translation>, fin</translation>
    </message>
    <message>
        <source>, masked</source>
        <translation>, maskiert</translation>
    </message>
    <message>
        <source> (says %1)</source>
        <translation> (nennt %1)</translation>
    </message>
</context>
<context>
    <name>RefusedModel</name>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Mal</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Gegenstelle</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Gefragt nach</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Our answer</source>
        <translation>Unsere Antwort</translation>
    </message>
    <message>
        <source>The browser says</source>
        <translation>Der Browser sagt</translation>
    </message>
    <message>
        <source>a TLS connection (wss:// or https://)</source>
        <translation>eine TLS-Verbindung (wss:// oder https://)</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>A page without an origin (opened from disk, or a sandboxed frame)</source>
        <translation>Eine Seite ohne Origin (von der Platte geöffnet oder ein Sandbox-Frame)</translation>
    </message>
    <message>
        <source>A program at %1</source>
        <translation>Ein Programm auf %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>%1 was refused: neither its origin nor the host %2 is on the lists.</source>
        <translation>%1 wurde abgewiesen: weder der Origin noch der Host %2 steht auf den Listen.</translation>
    </message>
    <message>
        <source>%1 was refused: its origin is not on the list.</source>
        <translation>%1 wurde abgewiesen: der Origin steht nicht auf der Liste.</translation>
    </message>
    <message>
        <source>%1 was refused: it asked for the host %2, which is not on the list (DNS rebinding?).</source>
        <translation>%1 wurde abgewiesen: gefragt war der Host %2, der nicht auf der Liste steht (DNS-Rebinding?).</translation>
    </message>
    <message>
        <source>%1 was refused: its origin is null.</source>
        <translation>%1 wurde abgewiesen: der Origin ist null.</translation>
    </message>
    <message>
        <source>%1 was refused: its %2 is blocked for now.</source>
        <translation>%1 wurde abgewiesen: vorerst gesperrt (%2).</translation>
    </message>
    <message>
        <source>%1 was refused: it sent no Origin header and one is required.</source>
        <translation>%1 wurde abgewiesen: ohne Origin-Header, und einer ist verlangt.</translation>
    </message>
    <message>
        <source>%1 was refused: %2</source>
        <translation>%1 wurde abgewiesen: %2</translation>
    </message>
    <message>
        <source>different things</source>
        <translation>Verschiedenes</translation>
    </message>
    <message>
        <source>several</source>
        <translation>mehrere</translation>
    </message>
    <message>
        <source>Many were refused: %1</source>
        <translation>Viele wurden abgewiesen: %1</translation>
    </message>
    <message>
        <source>a TLS connection to %1</source>
        <translation>eine TLS-Verbindung zu %1</translation>
    </message>
    <message>
        <source>alert %1</source>
        <translation>Alert %1</translation>
    </message>
    <message>
        <source>%1 was refused: %2 is switched off for %3.</source>
        <translation>%1 wurde abgewiesen: %2 ist für %3 ausgeschaltet.</translation>
    </message>
    <message>
        <source>%1 made a SockJS request that could not be served: %2</source>
        <translation>%1 stellte eine SockJS-Anfrage, die nicht bedient werden konnte: %2</translation>
    </message>
</context>
<context>
    <name>RefusedTls</name>
    <message>
        <source>A browser or program at %1</source>
        <translation>Ein Browser oder Programm bei %1</translation>
    </message>
    <message>
        <source>A browser or program at %1, which asked for %2,</source>
        <translation>Ein Browser oder Programm bei %1, das nach %2 fragte,</translation>
    </message>
    <message>
        <source>%1 used wss:// (or https://), which is not served on that port.</source>
        <translation>%1 nahm wss:// (oder https://), das auf diesem Port nicht bedient wird.</translation>
    </message>
    <message>
        <source>%1 used ws:// on a port that speaks wss:// alone.</source>
        <translation>%1 nahm ws:// auf einem Port, der nur wss:// spricht.</translation>
    </message>
    <message>
        <source>%1 used http:// on a port that speaks TLS alone.</source>
        <translation>%1 nahm http:// auf einem Port, der nur TLS spricht.</translation>
    </message>
    <message>
        <source>%1 does not trust this server&apos;s certificate.</source>
        <translation>%1 vertraut dem Zertifikat dieses Servers nicht.</translation>
    </message>
    <message>
        <source>%1 refused this server&apos;s certificate.</source>
        <translation>%1 lehnte das Zertifikat dieses Servers ab.</translation>
    </message>
    <message>
        <source>%1 speaks neither TLS 1.2 nor TLS 1.3.</source>
        <translation>%1 spricht weder TLS 1.2 noch TLS 1.3.</translation>
    </message>
    <message>
        <source>%1 has no cipher, key exchange or signature in common with this server.</source>
        <translation>%1 hat keine Chiffre, keinen Schlüsseltausch oder keine Signatur mit diesem Server gemeinsam.</translation>
    </message>
    <message>
        <source>%1 wants another protocol than http/1.1 (ALPN).</source>
        <translation>%1 will ein anderes Protokoll als http/1.1 (ALPN).</translation>
    </message>
    <message>
        <source>%1 sent a server name (SNI) that no server can have.</source>
        <translation>%1 sandte einen Servernamen (SNI), den kein Server haben kann.</translation>
    </message>
    <message>
        <source>%1 ended the TLS handshake with an alert.</source>
        <translation>%1 beendete den TLS-Handshake mit einem Alert.</translation>
    </message>
    <message>
        <source>%1 left during the TLS handshake and gave no reason.</source>
        <translation>%1 ging während des TLS-Handshakes und nannte keinen Grund.</translation>
    </message>
    <message>
        <source>%1 sent what is no valid TLS.</source>
        <translation>%1 sandte, was kein gültiges TLS ist.</translation>
    </message>
    <message>
        <source>%1 sent too many TLS records that carry no data.</source>
        <translation>%1 sandte zu viele TLS-Records ohne Daten.</translation>
    </message>
    <message>
        <source>%1 ended the connection without TLS&apos;s farewell.</source>
        <translation>%1 beendete die Verbindung ohne das close_notify von TLS.</translation>
    </message>
    <message>
        <source>There was no memory for a TLS connection.</source>
        <translation>Für eine TLS-Verbindung war kein Speicher da.</translation>
    </message>
    <message>
        <source>The TLS handshake failed: %1</source>
        <translation>Der TLS-Handshake ist gescheitert: %1</translation>
    </message>
    <message>
        <source>Let that port speak wss:// too, or have the page say ws://.</source>
        <translation>Lassen Sie diesen Port auch wss:// sprechen, oder lassen Sie die Seite ws:// sagen.</translation>
    </message>
    <message>
        <source>Have the page say wss://, or let that port speak ws:// too.</source>
        <translation>Lassen Sie die Seite wss:// sagen, oder lassen Sie diesen Port auch ws:// sprechen.</translation>
    </message>
    <message>
        <source>Have the browser trust Jackfield&apos;s authority: Certificate and trust has a button or the steps for each browser. One that runs may have to be started anew.</source>
        <translation>Lassen Sie den Browser Jackfields Zertifizierungsstelle vertrauen: „Zertifikat und Vertrauen“ hat für jeden Browser eine Schaltfläche oder die Schritte. Einer, der läuft, muss vielleicht neu gestartet werden.</translation>
    </message>
    <message>
        <source>Renew the certificate. Where it is still valid, look at that machine&apos;s clock.</source>
        <translation>Erneuern Sie das Zertifikat. Ist es noch gültig, sehen Sie nach der Uhr jenes Rechners.</translation>
    </message>
    <message>
        <source>Look whether the certificate is for the name that the page asks for, and what kind of certificate it is.</source>
        <translation>Sehen Sie nach, ob das Zertifikat für den Namen ist, nach dem die Seite fragt, und von welcher Art es ist.</translation>
    </message>
    <message>
        <source>It is too old for what Jackfield serves, TLS 1.2 and 1.3. Use a newer one, or ws://.</source>
        <translation>Es ist zu alt für das, was Jackfield bedient: TLS 1.2 und 1.3. Nehmen Sie ein neueres, oder ws://.</translation>
    </message>
    <message>
        <source>WebSockets go over http/1.1. Have it offer that, or no application protocol at all.</source>
        <translation>WebSockets gehen über http/1.1. Lassen Sie es das anbieten, oder gar kein Anwendungsprotokoll.</translation>
    </message>
    <message>
        <source>Look at the address that it was given.</source>
        <translation>Sehen Sie nach der Adresse, die es bekommen hat.</translation>
    </message>
    <message>
        <source>The name of the alert below says why.</source>
        <translation>Der Name des Alerts unten sagt, warum.</translation>
    </message>
    <message>
        <source>Browsers leave so while they ask a person about a certificate, and with connections that they open to spare. Where a page fails with it, look at the trust in the certificate.</source>
        <translation>So gehen Browser, während sie jemanden nach einem Zertifikat fragen, und mit Verbindungen, die sie auf Vorrat öffnen. Scheitert eine Seite damit, sehen Sie nach dem Vertrauen in das Zertifikat.</translation>
    </message>
    <message>
        <source>received the alert %1</source>
        <translation>Alert %1 empfangen</translation>
    </message>
    <message>
        <source>sent the alert %1</source>
        <translation>Alert %1 gesendet</translation>
    </message>
    <message>
        <source>%1 refused this server&apos;s certificate, which is not for %2.</source>
        <translation>%1 lehnte das Zertifikat dieses Servers ab, das nicht für %2 gilt.</translation>
    </message>
    <message>
        <source>%1 refused this server&apos;s certificate, which is not for that name.</source>
        <translation>%1 lehnte das Zertifikat dieses Servers ab, das nicht für diesen Namen gilt.</translation>
    </message>
    <message>
        <source>%1 refused this server&apos;s certificate as one that is not valid today.</source>
        <translation>%1 lehnte das Zertifikat dieses Servers ab, da es heute nicht gültig sei.</translation>
    </message>
    <message>
        <source>Renew Jackfield&apos;s certificate with this name or address added, or use a certificate of your own that has it.</source>
        <translation>Erneuern Sie das Zertifikat von Jackfield mit diesem Namen oder dieser Adresse, oder nehmen Sie ein eigenes Zertifikat, das dafür gilt.</translation>
    </message>
    <message>
        <source>Your certificate is signed by nobody but itself: import it in that browser, or use one whose issuer the browser trusts.</source>
        <translation>Ihr Zertifikat ist nur von sich selbst unterschrieben: Importieren Sie es in jenem Browser, oder nehmen Sie eines, dessen Aussteller der Browser vertraut.</translation>
    </message>
    <message>
        <source>Import the authority behind %1, which issued your certificate, in that browser. Where it is there already, a certificate between the two is missing: put it behind yours in the file.</source>
        <translation>Importieren Sie in jenem Browser die Zertifizierungsstelle hinter %1, dem Aussteller Ihres Zertifikats. Ist sie schon da, fehlt ein Zertifikat zwischen den beiden: Setzen Sie es in der Datei hinter Ihres.</translation>
    </message>
    <message>
        <source>Use a newer certificate. Where yours is still valid, look at that machine&apos;s clock.</source>
        <translation>Nehmen Sie ein neueres Zertifikat. Ist Ihres noch gültig, sehen Sie nach der Uhr jenes Rechners.</translation>
    </message>
</context>
<context>
    <name>SendTarget</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>, %1 gone</source>
        <translation>, %1 nicht mehr da</translation>
    </message>
    <message>
        <source>, %1 skipped (the queue is full)</source>
        <translation>, %1 übersprungen (die Warteschlange ist voll)</translation>
    </message>
    <message>
        <source>, %1 skipped (the protocol cannot carry it)</source>
        <translation>, %1 übersprungen (das Protokoll kann es nicht übertragen)</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Menu %1</source>
        <translation>Menü %1</translation>
    </message>
</context>
<context>
    <name>jackfield::app::ProjectSession</name>
    <message>
        <source>Listens on %1, which other machines can reach</source>
        <translation>Lauscht auf %1, was andere Rechner erreichen</translation>
    </message>
    <message>
        <source>Host %1 (almost any name)</source>
        <translation>Host %1 (fast jeder Name)</translation>
    </message>
    <message>
        <source>Host %1</source>
        <translation>Host %1</translation>
    </message>
    <message>
        <source>Origin %1 (almost any web page)</source>
        <translation>Origin %1 (fast jede Webseite)</translation>
    </message>
    <message>
        <source>Origin %1</source>
        <translation>Origin %1</translation>
    </message>
    <message>
        <source>Clients without an Origin, which are refused now</source>
        <translation>Clients ohne Origin, die jetzt abgewiesen werden</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>%1 was changed by another program and lets in more than before:</source>
        <translation>%1 wurde von einem anderen Programm geändert und lässt mehr herein als bisher:</translation>
    </message>
    <message>
        <source>%1 lets in more than what is allowed now:</source>
        <translation>%1 lässt mehr herein, als jetzt erlaubt ist:</translation>
    </message>
    <message>
        <source>Without it, what is in force stays in force.</source>
        <translation>Sonst bleibt in Kraft, was in Kraft ist.</translation>
    </message>
    <message>
        <source>Nothing of the project is in force yet. Open it only if you trust who wrote it.</source>
        <translation>Noch ist nichts vom Projekt in Kraft. Öffnen Sie es nur, wenn Sie dem vertrauen, der es geschrieben hat.</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>The project was not opened</source>
        <translation>Das Projekt wurde nicht geöffnet</translation>
    </message>
    <message>
        <source>%1 was changed by another program and taken over</source>
        <translation>%1 wurde von einem anderen Programm geändert und übernommen</translation>
    </message>
    <message>
        <source>%1 is closed; the settings of this computer are in force again</source>
        <translation>%1 ist geschlossen; die Einstellungen dieses Rechners sind wieder in Kraft</translation>
    </message>
    <message>
        <source>%1. What is in force stays in force.</source>
        <translation>%1. Was in Kraft ist, bleibt in Kraft.</translation>
    </message>
    <message>
        <source>%1 was removed by another program. What is in force stays in force.</source>
        <translation>%1 wurde von einem anderen Programm gelöscht. Was in Kraft ist, bleibt in Kraft.</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>place, kind and beginning of what looks like a token</comment>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>The file was written by a newer Jackfield; members that this one does not know are kept, entries that it cannot read will be missing</source>
        <translation>Die Datei stammt von einem neueren Jackfield; Angaben, die dieses nicht kennt, bleiben erhalten, Einträge, die es nicht lesen kann, werden fehlen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>What was left out or changed when the project was read will be missing or changed in the file too.</source>
        <translation>Was beim Lesen des Projekts ausgelassen oder geändert wurde, wird auch in der Datei fehlen oder geändert sein.</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>Some of what %1 would hold looks like a token or a password:</source>
        <translation>Manches, was in %1 stünde, sieht nach einem Token oder Passwort aus:</translation>
    </message>
    <message>
        <source>Write over %1?</source>
        <translation>%1 überschreiben?</translation>
    </message>
    <message>
        <source>Whoever gets the file, by version control for one, can read it.</source>
        <translation>Wer die Datei bekommt, etwa durch eine Versionsverwaltung, kann es lesen.</translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>Trotzdem speichern</translation>
    </message>
    <message>
        <source>%1 is saved</source>
        <translation>%1 ist gespeichert</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>Projekt speichern unter</translation>
    </message>
    <message>
        <source>There is a file of that name already. Replace it?</source>
        <translation>Eine Datei mit diesem Namen gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>%1 will be opened when the question is answered</source>
        <translation>%1 wird geöffnet, wenn die Frage beantwortet ist</translation>
    </message>
    <message>
        <source>%1 will be opened when the project is saved</source>
        <translation>%1 wird geöffnet, wenn das Projekt gespeichert ist</translation>
    </message>
    <message>
        <source>Save as %1?</source>
        <translation>Als %1 speichern?</translation>
    </message>
    <message>
        <source>Endpoint %1 for any web page</source>
        <translation>Endpunkt %1 für jede Webseite</translation>
    </message>
    <message>
        <source>Endpoint %1 by %2, which carries no Origin: any web page can use it in your name</source>
        <translation>Endpunkt %1 über %2, das keinen Origin mitbringt: Jede Webseite kann ihn in Ihrem Namen benutzen</translation>
    </message>
</context>
<context>
    <name>jackfield::app::TlsSession</name>
    <message>
        <source>trusts the new one</source>
        <translation>vertraut dem neuen</translation>
    </message>
    <message>
        <source>trusts it</source>
        <translation>vertraut ihm</translation>
    </message>
    <message>
        <source>trusts it no longer</source>
        <translation>vertraut ihm nicht mehr</translation>
    </message>
</context>
<context>
    <name>jackfield::app::TrustText</name>
    <message>
        <source>there is no development certificate</source>
        <translation>es gibt kein Entwicklungszertifikat</translation>
    </message>
    <message>
        <source>the authority is not in its database</source>
        <translation>die Zertifizierungsstelle ist nicht in seiner Datenbank</translation>
    </message>
    <message>
        <source>it has no database of certificates yet</source>
        <translation>es hat noch keine Datenbank mit Zertifikaten</translation>
    </message>
    <message>
        <source>the authority is in its database as one that is never to be trusted</source>
        <translation>die Zertifizierungsstelle ist in seiner Datenbank als eine, der nie zu vertrauen ist</translation>
    </message>
    <message>
        <source>the authority is in its database, but not as one that identifies servers</source>
        <translation>die Zertifizierungsstelle ist in seiner Datenbank, aber nicht als eine, die Server ausweist</translation>
    </message>
    <message>
        <source>the authority is not among the system&apos;s</source>
        <translation>die Zertifizierungsstelle ist nicht unter denen des Systems</translation>
    </message>
    <message>
        <source>the authority&apos;s certificate is missing</source>
        <translation>das Zertifikat der Zertifizierungsstelle fehlt</translation>
    </message>
    <message>
        <source>certutil is not installed; get it with: sudo apt install libnss3-tools (Fedora: sudo dnf install nss-tools)</source>
        <translation>certutil ist nicht installiert; das tut: sudo apt install libnss3-tools (Fedora: sudo dnf install nss-tools)</translation>
    </message>
    <message>
        <source>a password guards the database</source>
        <translation>ein Passwort schützt die Datenbank</translation>
    </message>
    <message>
        <source>a password guards the database; this command asks for it in a terminal (or reads it, with -f FILE): %1</source>
        <translation>ein Passwort schützt die Datenbank; dieser Befehl fragt danach in einem Terminal (oder liest es, mit -f DATEI): %1</translation>
    </message>
    <message>
        <source>the system&apos;s store is changed by root alone: run the commands that are shown for it</source>
        <translation>den Speicher des Systems ändert nur root: führen Sie die Befehle aus, die dafür gezeigt werden</translation>
    </message>
    <message>
        <source>Open chrome://certificate-manager (older ones: chrome://settings/certificates)</source>
        <translation>Öffnen Sie chrome://certificate-manager (ältere: chrome://settings/certificates)</translation>
    </message>
    <message>
        <source>Choose &quot;Local certificates&quot;, then &quot;Installed by you&quot; (older ones: &quot;Authorities&quot;)</source>
        <translation>Wählen Sie „Local certificates“, dann „Installed by you“ (ältere: „Zertifizierungsstellen“)</translation>
    </message>
    <message>
        <source>At &quot;Trusted Certificates&quot; choose &quot;Import&quot; and the file %1</source>
        <translation>Wählen Sie bei „Trusted Certificates“ „Importieren“ und die Datei %1</translation>
    </message>
    <message>
        <source>Load the page again; if it is still refused, start the browser anew</source>
        <translation>Laden Sie die Seite neu; wird sie weiterhin abgewiesen, starten Sie den Browser neu</translation>
    </message>
    <message>
        <source>Delete &quot;%1&quot; from &quot;Trusted Certificates&quot;</source>
        <translation>Löschen Sie „%1“ aus „Trusted Certificates“</translation>
    </message>
    <message>
        <source>Open chrome://certificate-manager, &quot;Local certificates&quot;, &quot;Installed by you&quot;</source>
        <translation>Öffnen Sie chrome://certificate-manager, „Local certificates“, „Installed by you“</translation>
    </message>
    <message>
        <source>What certutil adds counts as long as &quot;Use imported local certificates from your operating system&quot; is on there</source>
        <translation>Was certutil hinzufügt, gilt, solange dort „Use imported local certificates from your operating system“ eingeschaltet ist</translation>
    </message>
    <message>
        <source>Open about:preferences#privacy and choose &quot;Connection and software security&quot;, &quot;Advanced settings&quot;, &quot;Manage certificates&quot; (older ones: &quot;View Certificates&quot;, at the end)</source>
        <translation>Öffnen Sie about:preferences#privacy und wählen Sie „Connection and software security“, „Advanced settings“, „Manage certificates“ (ältere: „Zertifikate anzeigen“, am Ende)</translation>
    </message>
    <message>
        <source>Choose the tab &quot;Authorities&quot;</source>
        <translation>Wählen Sie den Reiter „Zertifizierungsstellen“</translation>
    </message>
    <message>
        <source>Choose &quot;Import&quot; and the file %1</source>
        <translation>Wählen Sie „Importieren“ und die Datei %1</translation>
    </message>
    <message>
        <source>Tick &quot;Trust this CA to identify websites.&quot; and choose OK</source>
        <translation>Haken Sie „Dieser CA vertrauen, um Websites zu identifizieren“ an und wählen Sie OK</translation>
    </message>
    <message>
        <source>Load the page again</source>
        <translation>Laden Sie die Seite neu</translation>
    </message>
    <message>
        <source>Open the same tab &quot;Authorities&quot;</source>
        <translation>Öffnen Sie denselben Reiter „Zertifizierungsstellen“</translation>
    </message>
    <message>
        <source>Choose &quot;%1&quot; below &quot;Jackfield&quot;, then &quot;Delete or Distrust&quot;</source>
        <translation>Wählen Sie „%1“ unter „Jackfield“, dann „Löschen oder Vertrauen entziehen“</translation>
    </message>
    <message>
        <source>Run the command below; it asks for the password of an administrator</source>
        <translation>Führen Sie den Befehl unten aus; er fragt nach dem Passwort eines Administrators</translation>
    </message>
    <message>
        <source>Run the command below</source>
        <translation>Führen Sie den Befehl unten aus</translation>
    </message>
    <message>
        <source>curl, wget, Python and others trust the authority then; Chromium and Firefox have stores of their own</source>
        <translation>curl, wget, Python und andere vertrauen der Zertifizierungsstelle dann; Chromium und Firefox haben eigene Speicher</translation>
    </message>
    <message>
        <source>Chromium and Chrome</source>
        <translation>Chromium und Chrome</translation>
    </message>
    <message>
        <source>This system</source>
        <translation>Dieses System</translation>
    </message>
    <message>
        <source>The database in %1</source>
        <translation>Die Datenbank in %1</translation>
    </message>
    <message>
        <source>%1, profile %2</source>
        <translation>%1, Profil %2</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::AboutDialog</name>
    <message>
        <source>About Jackfield</source>
        <translation>Über Jackfield</translation>
    </message>
    <message>
        <source>Jackfield %1</source>
        <translation>Jackfield %1</translation>
    </message>
    <message>
        <source>A WebSocket server for people who write browser code. It shows every connection, lets you decide who may come in, kick them, and send frames to the page by hand.</source>
        <translation>Ein WebSocket-Server für Leute, die Code für Browser schreiben. Er zeigt jede Verbindung, lässt Sie bestimmen, wer hereindarf, Verbindungen trennen und der Seite von Hand Frames senden.</translation>
    </message>
    <message>
        <source>A jackfield is the panel of a telephone switchboard: one jack and one lamp for each line.</source>
        <translation>Ein „jackfield“ ist das Klinkenfeld einer Telefonvermittlung: eine Buchse und eine Lampe für jede Leitung.</translation>
    </message>
    <message>
        <source>MIT licence · Qt %1</source>
        <translation>MIT-Lizenz · Qt %1</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::AccessListModel</name>
    <message>
        <source>blank line</source>
        <translation>leere Zeile</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Origin</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>not valid: %1</source>
        <translation>ungültig: %1</translation>
    </message>
    <message>
        <source>lets everybody in: not in force until confirmed</source>
        <translation>lässt alle herein: erst nach Bestätigung in Kraft</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>for %1 more</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>until Jackfield closes</source>
        <translation>bis Jackfield schließt</translation>
    </message>
    <message>
        <source>in force, lets everybody in</source>
        <translation>in Kraft, lässt alle herein</translation>
    </message>
    <message>
        <source>in force, built in</source>
        <translation>in Kraft, eingebaut</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>in Kraft</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::AccessPanel</name>
    <message>
        <source>Refuse clients without an Origin
(Node, curl, native apps)</source>
        <translation>Clients ohne Origin abweisen
(Node, curl, native Programme)</translation>
    </message>
    <message>
        <source>Nothing was changed: %1</source>
        <translation>Nichts wurde geändert: %1</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::AllowAction</name>
    <message>
        <source>Only until Jackfield closes</source>
        <translation>Nur bis Jackfield schließt</translation>
    </message>
    <message>
        <source>Allow pages without an origin for 15 minutes</source>
        <translation>Seiten ohne Origin 15 Minuten lang erlauben</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Any web site can pose as one; serve the file over http instead.</source>
        <translation>Jede Website kann sich als eine solche ausgeben; liefern Sie die Datei besser über http aus.</translation>
    </message>
    <message>
        <source>Allow a page from another machine</source>
        <translation>Seite von einem anderen Rechner erlauben</translation>
    </message>
    <message>
        <source>Let pages from %1 connect, and answer to the name %2?</source>
        <translation>Dürfen Seiten von %1 sich verbinden, und soll der Name %2 gelten?</translation>
    </message>
    <message>
        <source>Let pages from %1 connect?</source>
        <translation>Dürfen Seiten von %1 sich verbinden?</translation>
    </message>
    <message>
        <source>Answer to the name %1?</source>
        <translation>Soll der Name %1 gelten?</translation>
    </message>
    <message>
        <source>That is not this machine. Any web page that is open in a browser can cause such a refusal by itself. Allow it only if you know the page.</source>
        <translation>Das ist nicht dieser Rechner. Jede in einem Browser geöffnete Webseite kann eine solche Abweisung selbst auslösen. Erlauben Sie es nur, wenn Sie die Seite kennen.</translation>
    </message>
    <message>
        <source>Allow pages without an origin</source>
        <translation>Seiten ohne Origin erlauben</translation>
    </message>
    <message>
        <source>Let pages without an origin connect for 15 minutes?</source>
        <translation>Seiten ohne Origin 15 Minuten lang verbinden lassen?</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::AllowListEditor</name>
    <message>
        <source>The host list</source>
        <translation>Die Host-Liste</translation>
    </message>
    <message>
        <source>The origin list</source>
        <translation>Die Origin-Liste</translation>
    </message>
    <message>
        <source>Names this server answers to (Host)</source>
        <translation>Namen, unter denen der Server antwortet (Host)</translation>
    </message>
    <message>
        <source>Pages that may connect (Origin)</source>
        <translation>Seiten, die sich verbinden dürfen (Origin)</translation>
    </message>
    <message>
        <source>name, *.suffix or address, :port</source>
        <translation>Name, *.suffix oder Adresse, :port</translation>
    </message>
    <message>
        <source>http://localhost:5173</source>
        <translation>http://localhost:5173</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Put in force</source>
        <translation>In Kraft setzen</translation>
    </message>
    <message>
        <source>Add this entry (Enter)</source>
        <translation>Diesen Eintrag hinzufügen (Enter)</translation>
    </message>
    <message>
        <source>Edit the current entry (F2)</source>
        <translation>Den aktuellen Eintrag bearbeiten (F2)</translation>
    </message>
    <message>
        <source>Remove the selected entries (Delete)</source>
        <translation>Die ausgewählten Einträge entfernen (Entf)</translation>
    </message>
    <message>
        <source>%1 is in force.</source>
        <translation>%1 ist in Kraft.</translation>
    </message>
    <message>
        <source>%1 makes this server answer to every name, so any web site can reach it through DNS rebinding. Really?</source>
        <translation>Mit %1 antwortet dieser Server auf jeden Namen, und jede Website erreicht ihn durch DNS-Rebinding. Wirklich?</translation>
    </message>
    <message>
        <source>%1 lets in any web page that is open in a browser on this machine, and whatever it wants to do here. Really?</source>
        <translation>%1 lässt jede Webseite herein, die in einem Browser auf diesem Rechner offen ist, und was immer sie hier tun will. Wirklich?</translation>
    </message>
    <message>
        <source>%1 is not this machine&apos;s own name. Answer to it?</source>
        <translation>%1 ist kein eigener Name dieses Rechners. Soll der Server darauf antworten?</translation>
    </message>
    <message>
        <source>%1 is not a page of this machine. Let it connect?</source>
        <translation>%1 ist keine Seite dieses Rechners. Darf sie sich verbinden?</translation>
    </message>
    <message>
        <source>Allow everything</source>
        <translation>Alles erlauben</translation>
    </message>
    <message>
        <source>Allow it</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Nothing was changed: %1</source>
        <translation>Nichts wurde geändert: %1</translation>
    </message>
    <message>
        <source>Not undone: %1</source>
        <translation>Nicht rückgängig gemacht: %1</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>%1 wurde entfernt.</translation>
    </message>
    <message>
        <source>%1 became %2.</source>
        <translation>%1 wurde zu %2.</translation>
    </message>
    <message>
        <source>%1 is wide open.</source>
        <translation>%1 steht weit offen.</translation>
    </message>
    <message>
        <source>%1 was added.</source>
        <translation>%1 wurde hinzugefügt.</translation>
    </message>
    <message>
        <source>%1 is on the list already.</source>
        <translation>%1 steht schon auf der Liste.</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries were removed.</source>
        <translation>
            <numerusform>%1 Eintrag wurde entfernt.</numerusform>
            <numerusform>%1 Einträge wurden entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pages without an origin may connect for 15 minutes.</source>
        <translation>Seiten ohne Origin dürfen sich 15 Minuten lang verbinden.</translation>
    </message>
    <message>
        <source>Pages without an origin (“null”) can only be let in for a time. %1</source>
        <translation>Seiten ohne Origin („null“) lassen sich nur für eine Weile hereinlassen. %1</translation>
    </message>
    <message>
        <source>Pages without an origin may connect already, for longer than 15 minutes.</source>
        <translation>Seiten ohne Origin dürfen sich schon verbinden, für länger als 15 Minuten.</translation>
    </message>
    <message>
        <source>%1 could not be read: only this machine&apos;s own names are allowed.</source>
        <translation>%1 war nicht lesbar: nur die eigenen Namen dieses Rechners sind erlaubt.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::AnswersButton</name>
    <message>
        <source>Answers: %1 ▾</source>
        <translation>Antwortet: %1 ▾</translation>
    </message>
    <message>
        <source>Answers: mixed ▾</source>
        <translation>Antwortet: gemischt ▾</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>chat &amp;includes the sender</source>
        <translation>chat a&amp;uch an den Absender</translation>
    </message>
    <message>
        <source>E&amp;ndpoints...</source>
        <translation>E&amp;ndpunkte...</translation>
    </message>
    <message>
        <source>Answers: nothing ▾</source>
        <translation>Antwortet: nichts ▾</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::Base64Field</name>
    <message>
        <source>padding that is not needed at position %1</source>
        <translation>überflüssiges Füllzeichen an Stelle %1</translation>
    </message>
    <message>
        <source>more text behind the padding at position %1</source>
        <translation>weiterer Text hinter dem Füllzeichen an Stelle %1</translation>
    </message>
    <message>
        <source>not a base64 digit at position %1</source>
        <translation>keine base64-Ziffer an Stelle %1</translation>
    </message>
    <message>
        <source>the last byte is not whole</source>
        <translation>das letzte Byte ist nicht vollständig</translation>
    </message>
    <message>
        <source>one more = is missing at the end</source>
        <translation>am Ende fehlt noch ein =</translation>
    </message>
    <message>
        <source>the last digit holds bits that belong to no byte</source>
        <translation>die letzte Ziffer enthält Bits, die zu keinem Byte gehören</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::BenchmarkForm</name>
    <message>
        <source>What is measured; in brackets stands what the program calls it</source>
        <translation>Was gemessen wird; in Klammern steht, wie das Programm es nennt</translation>
    </message>
    <message>
        <source>&amp;Mode</source>
        <translation>&amp;Modus</translation>
    </message>
    <message>
        <source>One of the places where this server listens, or the URL of another server</source>
        <translation>Einer der Orte, an denen dieser Server lauscht, oder die URL eines anderen Servers</translation>
    </message>
    <message>
        <source>Ser&amp;ver</source>
        <translation>Ser&amp;ver</translation>
    </message>
    <message>
        <source>Allow &amp;remote</source>
        <translation>Entfernten e&amp;rlauben</translation>
    </message>
    <message>
        <source>A server that is not on this machine is only loaded when this is checked. It is not remembered.</source>
        <translation>Ein Server, der nicht auf diesem Rechner ist, wird nur belastet, wenn dies angekreuzt ist. Es wird nicht gemerkt.</translation>
    </message>
    <message>
        <source>This puts a server on another machine, and the network between, under load. Ask its owner first.</source>
        <translation>Das belastet einen Server auf einem anderen Rechner und das Netz dazwischen. Fragen Sie zuerst den, dem er gehört.</translation>
    </message>
    <message>
        <source>Co&amp;nnections</source>
        <translation>Verbi&amp;ndungen</translation>
    </message>
    <message>
        <source>How many connections; for handshakes, how many are under way at once</source>
        <translation>Wie viele Verbindungen; bei Handshakes, wie viele zugleich im Gange sind</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>Payload of a message, in bytes</source>
        <translation>Nutzdaten einer Nachricht in Byte</translation>
    </message>
    <message>
        <source> bytes</source>
        <comment>behind a number in a field</comment>
        <translation> Byte</translation>
    </message>
    <message>
        <source>How many messages a connection sends before it waits for an answer</source>
        <translation>Wie viele Nachrichten eine Verbindung sendet, bevor sie auf eine Antwort wartet</translation>
    </message>
    <message>
        <source>&amp;Duration</source>
        <translation>&amp;Dauer</translation>
    </message>
    <message>
        <source>How long is measured at most, in seconds</source>
        <translation>Wie lange höchstens gemessen wird, in Sekunden</translation>
    </message>
    <message>
        <source> s</source>
        <comment>behind a number in a field</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Ra&amp;te</source>
        <translation>Ra&amp;te</translation>
    </message>
    <message>
        <source>Messages a second over all connections; with a rising rate, the first one</source>
        <translation>Nachrichten in der Sekunde über alle Verbindungen; bei steigender Rate die erste</translation>
    </message>
    <message>
        <source>/s</source>
        <comment>behind a number in a field</comment>
        <translation>/s</translation>
    </message>
    <message>
        <source>&amp;Compression</source>
        <translation>&amp;Kompression</translation>
    </message>
    <message>
        <source>Enter the URL of a server.</source>
        <translation>Geben Sie die URL eines Servers ein.</translation>
    </message>
    <message>
        <source>This server does not listen: start it, or enter the URL of another one.</source>
        <translation>Dieser Server lauscht nicht: Starten Sie ihn, oder geben Sie die URL eines anderen ein.</translation>
    </message>
    <message>
        <source>A server is written as in ws://127.0.0.1:4567/echo or wss://localhost/.</source>
        <translation>Ein Server wird wie in ws://127.0.0.1:4567/echo oder wss://localhost/ geschrieben.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a mode does, and its name</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stoppen</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>End the run with a report of what it has seen; once more: at once, without</source>
        <translation>Den Lauf mit einem Bericht dessen beenden, was er gesehen hat; noch einmal: sofort, ohne Bericht</translation>
    </message>
    <message>
        <source>Run it in a process of its own</source>
        <translation>In einem eigenen Prozess laufen lassen</translation>
    </message>
    <message>
        <source>In fli&amp;ght</source>
        <translation>Unter&amp;wegs</translation>
    </message>
    <message>
        <source>This server is not on this machine. Check “Allow remote” to load it nevertheless.</source>
        <translation>Dieser Server ist nicht auf diesem Rechner. Kreuzen Sie „Entfernten erlauben“ an, um ihn trotzdem zu belasten.</translation>
    </message>
    <message>
        <source>&amp;Bound</source>
        <translation>Gren&amp;ze</translation>
    </message>
    <message>
        <source>The rate rises until the 99th percentile of latency is over this</source>
        <translation>Die Rate steigt, bis das 99. Perzentil der Latenz darüber liegt</translation>
    </message>
    <message>
        <source> ms</source>
        <comment>behind a number in a field</comment>
        <translation> ms</translation>
    </message>
    <message>
        <source>Text, ASCII</source>
        <translation>Text, ASCII</translation>
    </message>
    <message>
        <source>Text, several scripts</source>
        <translation>Text, mehrere Schriften</translation>
    </message>
    <message>
        <source>Text, JSON</source>
        <translation>Text, JSON</translation>
    </message>
    <message>
        <source>Binary, by chance</source>
        <translation>Binär, zufällig</translation>
    </message>
    <message>
        <source>What is in the messages: a server checks text, and compresses JSON best</source>
        <translation>Was in den Nachrichten steht: Text prüft ein Server, JSON komprimiert er am besten</translation>
    </message>
    <message>
        <source>&amp;Fragments</source>
        <translation>&amp;Fragmente</translation>
    </message>
    <message>
        <source>Into how many frames each message is cut</source>
        <translation>In wie viele Frames jede Nachricht geschnitten wird</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>On, without takeover</source>
        <translation>An, ohne Übernahme</translation>
    </message>
    <message>
        <source>Offers permessage-deflate. Without takeover no window is kept from message to message, which takes less memory and compresses less.</source>
        <translation>Bietet permessage-deflate an. Ohne Übernahme bleibt von Nachricht zu Nachricht kein Fenster erhalten; das braucht weniger Speicher und komprimiert weniger.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Is offered to the server</source>
        <translation>Wird dem Server angeboten</translation>
    </message>
    <message>
        <source>M&amp;ore</source>
        <translation>Weitere &amp;Optionen</translation>
    </message>
    <message>
        <source>Further options of jackfield-bench, written as in a shell: --origin, --header, --ca, --insecure, --opening, --warm-up ... They are remembered.</source>
        <translation>Weitere Optionen von jackfield-bench, wie in einer Shell geschrieben: --origin, --header, --ca, --insecure, --opening, --warm-up ... Sie werden gemerkt.</translation>
    </message>
    <message>
        <source>“More” takes options such as --origin http://localhost:3000, but not those for reports and progress, and not --allow-remote.</source>
        <translation>„Weitere Optionen“ nimmt Optionen wie --origin http://localhost:3000, aber keine für Berichte und Fortschritt, und nicht --allow-remote.</translation>
    </message>
    <message>
        <source>Cont&amp;ent</source>
        <translation>&amp;Inhalt</translation>
    </message>
    <message>
        <source>Subprotoco&amp;l</source>
        <translation>Subprotoko&amp;ll</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::BenchmarkPlots</name>
    <message>
        <source>messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p90</source>
        <translation>p90</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>p99.9</source>
        <translation>p99,9</translation>
    </message>
    <message>
        <source>Throughput, messages a second</source>
        <translation>Durchsatz, Nachrichten in der Sekunde</translation>
    </message>
    <message>
        <source>Latency, logarithmic</source>
        <translation>Latenz, logarithmisch</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::BenchmarkWindow</name>
    <message>
        <source>Benchmark - Jackfield</source>
        <translation>Benchmark - Jackfield</translation>
    </message>
    <message>
        <source>Nothing runs</source>
        <translation>Es läuft nichts</translation>
    </message>
    <message>
        <source>What to run</source>
        <translation>Was laufen soll</translation>
    </message>
    <message>
        <source>Past runs</source>
        <translation>Bisherige Läufe</translation>
    </message>
    <message>
        <source>R&amp;un</source>
        <translation>La&amp;uf</translation>
    </message>
    <message>
        <source>&amp;Start or stop</source>
        <translation>&amp;Starten oder stoppen</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>&amp;Exportieren...</translation>
    </message>
    <message>
        <source>&amp;Delete...</source>
        <translation>&amp;Löschen...</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>The program jackfield-bench, which makes the load, is not installed. It comes with the package jackfield-terminal; install it with: sudo apt install jackfield-terminal</source>
        <translation>Das Programm jackfield-bench, das die Last erzeugt, ist nicht installiert. Es gehört zum Paket jackfield-terminal; installieren Sie es mit: sudo apt install jackfield-terminal</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>Not started: the report could not be kept. Look whether you may write to %1.</source>
        <translation>Nicht gestartet: Der Bericht könnte nicht aufbewahrt werden. Sehen Sie nach, ob Sie in %1 schreiben dürfen.</translation>
    </message>
    <message>
        <source>The first figures come within a second.</source>
        <translation>Die ersten Zahlen kommen nach etwa einer Sekunde.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>%1 · %2 · p50 %3 · p99 %4 · %5</source>
        <translation>%1 · %2 · p50 %3 · p99 %4 · %5</translation>
    </message>
    <message numerus="yes">
        <source>%1 connections</source>
        <translation>
            <numerusform>%1 Verbindung</numerusform>
            <numerusform>%1 Verbindungen</numerusform>
        </translation>
    </message>
    <message>
        <source>server&apos;s CPU %1 %</source>
        <translation>CPU des Servers %1 %</translation>
    </message>
    <message numerus="yes">
        <source>%1 errors</source>
        <translation>
            <numerusform>%1 Fehler</numerusform>
            <numerusform>%1 Fehler</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source>The run has ended: %1</source>
        <translation>Der Lauf ist zu Ende: %1</translation>
    </message>
    <message>
        <source>the first error: %1</source>
        <translation>der erste Fehler: %1</translation>
    </message>
    <message>
        <source>The run has ended without a report</source>
        <translation>Der Lauf ist ohne Bericht zu Ende</translation>
    </message>
    <message>
        <source>There is nothing to show.</source>
        <translation>Es gibt nichts zu zeigen.</translation>
    </message>
    <message>
        <source>jackfield-bench: %1</source>
        <translation>jackfield-bench: %1</translation>
    </message>
    <message>
        <source>jackfield-bench ended with status %1 and said nothing.</source>
        <translation>jackfield-bench endete mit Status %1 und sagte nichts.</translation>
    </message>
    <message>
        <source>jackfield-bench was ended before it could report.</source>
        <translation>jackfield-bench wurde beendet, bevor es berichten konnte.</translation>
    </message>
    <message>
        <source>A conformance check has no plots; its outcomes are below.</source>
        <translation>Eine Prüfung der Konformität hat keine Kurven; ihre Ergebnisse stehen unten.</translation>
    </message>
    <message>
        <source>Start a run, or select one below; two are compared.</source>
        <translation>Starten Sie einen Lauf, oder wählen Sie unten einen aus; zwei werden verglichen.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::BinaryFields</name>
    <message>
        <source>Bytes in hex: 89 50 4e 47</source>
        <translation>Bytes in Hex: 89 50 4e 47</translation>
    </message>
    <message>
        <source>or in base64: iVBORw==</source>
        <translation>oder in base64: iVBORw==</translation>
    </message>
    <message>
        <source>it is not hex: %1</source>
        <translation>das ist kein Hex: %1</translation>
    </message>
    <message>
        <source>it is not base64: %1</source>
        <translation>das ist kein base64: %1</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::BlockAction</name>
    <message>
        <source>Refuse everything that comes from the address %1?</source>
        <translation>Alles abweisen, was von der Adresse %1 kommt?</translation>
    </message>
    <message>
        <source>Refuse the pages of %1?</source>
        <translation>Die Seiten von %1 abweisen?</translation>
    </message>
    <message>
        <source>Refuse everything that asks for the host %1?</source>
        <translation>Alles abweisen, was nach dem Host %1 fragt?</translation>
    </message>
    <message>
        <source>Block for now</source>
        <translation>Vorerst sperren</translation>
    </message>
    <message>
        <source>Every browser and program on this machine comes from there. What is connected stays connected. Unblock it under Access.</source>
        <translation>Jeder Browser und jedes Programm auf diesem Rechner kommt von dort. Was verbunden ist, bleibt verbunden. Die Sperre lässt sich unter Zugang aufheben.</translation>
    </message>
    <message>
        <source>What is connected stays connected. Unblock it under Access.</source>
        <translation>Was verbunden ist, bleibt verbunden. Die Sperre lässt sich unter Zugang aufheben.</translation>
    </message>
    <message>
        <source>For 10 minutes</source>
        <translation>Für 10 Minuten</translation>
    </message>
    <message>
        <source>Until Jackfield closes</source>
        <translation>Bis Jackfield schließt</translation>
    </message>
    <message>
        <source>Not blocked: %1</source>
        <translation>Nicht gesperrt: %1</translation>
    </message>
    <message>
        <source>%1 is blocked for now</source>
        <translation>%1 ist vorerst gesperrt</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::BlockList</name>
    <message>
        <source>Blocked for now</source>
        <translation>Vorerst gesperrt</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Sperre aufheben</translation>
    </message>
    <message>
        <source>Nobody is. A connection&apos;s menu blocks its origin, host or address for a while.</source>
        <translation>Niemand. Das Menü einer Verbindung sperrt ihren Origin, Host oder ihre Adresse für eine Weile.</translation>
    </message>
    <message>
        <source>%1 is no longer blocked.</source>
        <translation>%1 ist nicht mehr gesperrt.</translation>
    </message>
    <message>
        <source>%1 are no longer blocked.</source>
        <translation>%1 sind nicht mehr gesperrt.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::BlockListModel</name>
    <message>
        <source>until Jackfield closes</source>
        <translation>bis Jackfield schließt</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>Wen</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::CaptureGauge</name>
    <message>
        <source>Keep up to</source>
        <translation>Behalten bis zu</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>Messages in full</source>
        <translation>Vollständige Nachrichten</translation>
    </message>
    <message>
        <source>Headers only, without content</source>
        <translation>Nur Header, ohne Inhalt</translation>
    </message>
    <message>
        <source>Counters only, no messages</source>
        <translation>Nur Zähler, keine Nachrichten</translation>
    </message>
    <message>
        <source>Nothing (off)</source>
        <translation>Nichts (aus)</translation>
    </message>
    <message>
        <source>Pause capture</source>
        <translation>Aufzeichnung anhalten</translation>
    </message>
    <message>
        <source>Delete capture...</source>
        <translation>Aufzeichnung löschen...</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Capture paused · %1</source>
        <translation>Aufzeichnung angehalten · %1</translation>
    </message>
    <message>
        <source>Capture off · %1</source>
        <translation>Aufzeichnung aus · %1</translation>
    </message>
    <message>
        <source>Only counting: %1 · %2</source>
        <translation>Nur gezählt: %1 · %2</translation>
    </message>
    <message>
        <source>Headers only · %1</source>
        <translation>Nur Header · %1</translation>
    </message>
    <message>
        <source>Captured %1</source>
        <translation>Aufgezeichnet: %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 messages and control frames are kept</source>
        <translation>
            <numerusform>%1 Nachricht oder Kontroll-Frame ist aufgezeichnet</numerusform>
            <numerusform>%1 Nachrichten und Kontroll-Frames sind aufgezeichnet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 older ones gave way to newer ones</source>
        <translation>
            <numerusform>%1 ältere wich neueren</numerusform>
            <numerusform>%1 ältere wichen neueren</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 came too fast to be kept</source>
        <translation>%1 zu schnell eingetroffen und nicht behalten</translation>
    </message>
    <message>
        <source>%1 passed while nothing was captured</source>
        <translation>%1 durchgelaufen, während nichts aufgezeichnet wurde</translation>
    </message>
    <message>
        <source>%1 came at the level &quot;headers only&quot;, without content</source>
        <translation>%1 in der Stufe „nur Header“ eingetroffen, ohne Inhalt</translation>
    </message>
    <message numerus="yes">
        <source>%1 were larger than %2, so their content was not kept</source>
        <translation>
            <numerusform>%1 war größer als %2, ihr Inhalt wurde nicht behalten</numerusform>
            <numerusform>%1 waren größer als %2, ihr Inhalt wurde nicht behalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>Nichts fehlt</translation>
    </message>
    <message>
        <source>Keep less</source>
        <translation>Weniger behalten</translation>
    </message>
    <message>
        <source>Forget the oldest messages, so that the rest fits %1?</source>
        <translation>Die ältesten Nachrichten vergessen, sodass der Rest in %1 passt?</translation>
    </message>
    <message>
        <source>%1 are in use. What is forgotten cannot be brought back.</source>
        <translation>%1 sind belegt. Was vergessen ist, lässt sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::CertificateDialog</name>
    <message>
        <source>wss:// was not enabled</source>
        <translation>wss:// wurde nicht eingeschaltet</translation>
    </message>
    <message>
        <source>Not renewed</source>
        <translation>Nicht erneuert</translation>
    </message>
    <message>
        <source>The certificate was not taken</source>
        <translation>Das Zertifikat wurde nicht übernommen</translation>
    </message>
    <message>
        <source>The key could not be opened</source>
        <translation>Der Schlüssel ließ sich nicht öffnen</translation>
    </message>
    <message>
        <source>wss:// was not turned off</source>
        <translation>wss:// wurde nicht ausgeschaltet</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>Nicht exportiert</translation>
    </message>
    <message>
        <source>The trust was not added</source>
        <translation>Das Vertrauen wurde nicht eingerichtet</translation>
    </message>
    <message>
        <source>The trust was not removed</source>
        <translation>Das Vertrauen wurde nicht entfernt</translation>
    </message>
    <message>
        <source>Who trusts it could not be found out</source>
        <translation>Wer ihm vertraut, ließ sich nicht feststellen</translation>
    </message>
    <message>
        <source>Certificate and trust</source>
        <translation>Zertifikat und Vertrauen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Open the key</source>
        <translation>Schlüssel öffnen</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Other names or addresses, for example shop.test 192.168.1.20 (optional)</source>
        <translation>Weitere Namen oder Adressen, zum Beispiel shop.test 192.168.1.20 (freiwillig)</translation>
    </message>
    <message>
        <source>Enable wss://</source>
        <translation>wss:// einschalten</translation>
    </message>
    <message>
        <source>Use my own certificate...</source>
        <translation>Eigenes Zertifikat verwenden...</translation>
    </message>
    <message>
        <source>Renew or change names...</source>
        <translation>Erneuern oder Namen ändern...</translation>
    </message>
    <message>
        <source>Use the development certificate</source>
        <translation>Entwicklungszertifikat verwenden</translation>
    </message>
    <message>
        <source>Turn wss:// off</source>
        <translation>wss:// ausschalten</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Jackfield changes the trust of browsers with certutil, which is not installed. Install it (Debian, Ubuntu: sudo apt install libnss3-tools; Fedora: sudo dnf install nss-tools) and look again, or follow the steps below.</source>
        <translation>Jackfield ändert das Vertrauen der Browser mit certutil, das nicht installiert ist. Installieren Sie es (Debian, Ubuntu: sudo apt install libnss3-tools; Fedora: sudo dnf install nss-tools) und sehen Sie erneut nach, oder gehen Sie die Schritte unten.</translation>
    </message>
    <message>
        <source>Trust in all of them</source>
        <translation>Überall vertrauen</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut nachsehen</translation>
    </message>
    <message>
        <source>Export the authority...</source>
        <translation>Zertifizierungsstelle exportieren...</translation>
    </message>
    <message>
        <source>Who trusts it</source>
        <translation>Wer ihm vertraut</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>For another machine or browser</source>
        <translation>Für einen anderen Rechner oder Browser</translation>
    </message>
    <message>
        <source>A development certificate needs a folder to be kept in: %1.</source>
        <translation>Ein Entwicklungszertifikat braucht einen Ordner, in dem es liegt: %1.</translation>
    </message>
    <message>
        <source>The development certificate is still there. Enable wss:// serves it again; trust in it stays as it is.</source>
        <translation>Das Entwicklungszertifikat ist noch da. „wss:// einschalten“ nimmt es wieder; das Vertrauen bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>SSLKEYLOGFILE is set: the keys of every connection are written to %1. Whoever reads that file can read the traffic.</source>
        <translation>SSLKEYLOGFILE ist gesetzt: Die Schlüssel jeder Verbindung werden nach %1 geschrieben. Wer diese Datei liest, kann mitlesen.</translation>
    </message>
    <message>
        <source>wss:// is off</source>
        <translation>wss:// ist aus</translation>
    </message>
    <message>
        <source>Pages reach this server over ws:// alone.</source>
        <translation>Seiten erreichen diesen Server nur über ws://.</translation>
    </message>
    <message>
        <source>wss:// is served with the development certificate</source>
        <translation>wss:// wird mit dem Entwicklungszertifikat bedient</translation>
    </message>
    <message>
        <source>wss:// is served with your own certificate</source>
        <translation>wss:// wird mit Ihrem eigenen Zertifikat bedient</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Aus %1</translation>
    </message>
    <message>
        <source>The command line says so; what the settings say waits.</source>
        <translation>So sagt es die Befehlszeile; was die Einstellungen sagen, wartet.</translation>
    </message>
    <message>
        <source>The certificate is not for %1: renew it.</source>
        <translation>Das Zertifikat ist nicht für %1: Erneuern Sie es.</translation>
    </message>
    <message>
        <source>No browser was found on this machine. The steps below are for any.</source>
        <translation>Auf diesem Rechner wurde kein Browser gefunden. Die Schritte unten gelten für jeden.</translation>
    </message>
    <message>
        <source>Until a browser trusts the authority, it refuses wss:// without a question.</source>
        <translation>Bis ein Browser der Stelle vertraut, lehnt er wss:// ohne Frage ab.</translation>
    </message>
    <message>
        <source>Its certificate is %1</source>
        <translation>Ihr Zertifikat liegt in %1</translation>
    </message>
    <message>
        <source>Fingerprint of the authority: %1</source>
        <translation>Fingerabdruck der Zertifizierungsstelle: %1</translation>
    </message>
    <message>
        <source>One moment...</source>
        <translation>Einen Moment...</translation>
    </message>
    <message>
        <source>Reading the certificate...</source>
        <translation>Das Zertifikat wird gelesen...</translation>
    </message>
    <message>
        <source>Making the certificate...</source>
        <translation>Das Zertifikat wird gemacht...</translation>
    </message>
    <message>
        <source>Looking who trusts it...</source>
        <translation>Es wird nachgesehen, wer ihm vertraut...</translation>
    </message>
    <message>
        <source>Looking into %1...</source>
        <translation>Es wird in %1 nachgesehen...</translation>
    </message>
    <message>
        <source>Adding the trust...</source>
        <translation>Das Vertrauen wird eingerichtet...</translation>
    </message>
    <message>
        <source>Adding the trust to %1...</source>
        <translation>Das Vertrauen wird in %1 eingerichtet...</translation>
    </message>
    <message>
        <source>Removing the trust...</source>
        <translation>Das Vertrauen wird entfernt...</translation>
    </message>
    <message>
        <source>Removing the trust from %1...</source>
        <translation>Das Vertrauen wird aus %1 entfernt...</translation>
    </message>
    <message>
        <source>Writing the file...</source>
        <translation>Die Datei wird geschrieben...</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>wss:// is served from now on.</source>
        <translation>wss:// wird von jetzt an bedient.</translation>
    </message>
    <message>
        <source>The new certificate is in force.</source>
        <translation>Das neue Zertifikat gilt.</translation>
    </message>
    <message>
        <source>Your certificate is served from now on.</source>
        <translation>Ihr Zertifikat gilt von jetzt an.</translation>
    </message>
    <message>
        <source>wss:// is off. Connections that are open stay.</source>
        <translation>wss:// ist aus. Offene Verbindungen bleiben.</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>Geschrieben nach %1.</translation>
    </message>
    <message>
        <source>Export the authority</source>
        <translation>Zertifizierungsstelle exportieren</translation>
    </message>
    <message>
        <source>Certificates (*.crt *.pem)</source>
        <translation>Zertifikate (*.crt *.pem)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>It is for development, and for nothing else.</source>
        <translation>Es ist für die Entwicklung und für nichts anderes.</translation>
    </message>
    <message>
        <source>Browsers that trust it: %1 of %2. One that was running may have to be started anew.</source>
        <translation>Browser, die ihm vertrauen: %1 von %2. Einer, der lief, muss vielleicht neu gestartet werden.</translation>
    </message>
    <message>
        <source>Make a new certificate...</source>
        <translation>Neues Zertifikat machen...</translation>
    </message>
    <message>
        <source>The development certificate is there as well, and can be served until your own is; trust in it stays as it is.</source>
        <translation>Das Entwicklungszertifikat ist auch da und kann dienen, bis es Ihr eigenes tut; das Vertrauen bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>A page that was loaded over https may open ws:// to localhost only; to any other address it has to be wss://. Jackfield makes a certificate for localhost, 127.0.0.1 and ::1, and an authority of its own that vouches for these names alone; the authority&apos;s key is destroyed at once. Then the browser has to trust that authority: a button or a few steps. ws:// goes on as it is.</source>
        <translation>Eine Seite, die über https geladen wurde, darf ws:// nur zu localhost öffnen; zu jeder anderen Adresse muss es wss:// sein. Jackfield macht ein Zertifikat für localhost, 127.0.0.1 und ::1 und eine eigene Zertifizierungsstelle, die nur für diese Namen bürgt; deren Schlüssel wird sofort vernichtet. Dann muss der Browser dieser Stelle vertrauen: eine Schaltfläche oder wenige Schritte. ws:// geht weiter wie bisher.</translation>
    </message>
    <message>
        <source>Use the development certificate instead</source>
        <translation>Stattdessen das Entwicklungszertifikat verwenden</translation>
    </message>
    <message>
        <source>It is signed by nobody but itself: a browser takes it after it was imported there.</source>
        <translation>Es ist nur von sich selbst unterschrieben: Ein Browser nimmt es, nachdem es dort importiert wurde.</translation>
    </message>
    <message>
        <source>A browser takes it when it trusts the authority behind the issuer, and when your file holds every certificate between.</source>
        <translation>Ein Browser nimmt es, wenn er der Zertifizierungsstelle hinter dem Aussteller vertraut und Ihre Datei jedes Zertifikat dazwischen enthält.</translation>
    </message>
    <message>
        <source>There is a new certificate. Enable wss:// serves it.</source>
        <translation>Es gibt ein neues Zertifikat. „wss:// einschalten“ nimmt es.</translation>
    </message>
    <message>
        <source>The development certificate is served instead of your own.</source>
        <translation>Statt Ihres eigenen dient jetzt das Entwicklungszertifikat.</translation>
    </message>
    <message>
        <source>Back to my own</source>
        <translation>Zurück zum eigenen</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::CertificateFactsView</name>
    <message>
        <source>none: browsers look at nothing else and refuse it</source>
        <translation>keine: Browser sehen auf nichts anderes und lehnen es ab</translation>
    </message>
    <message numerus="yes">
        <source>and %1 more</source>
        <translation>
            <numerusform>und %1 weiterer</numerusform>
            <numerusform>und %1 weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>ended on %1</source>
        <translation>abgelaufen am %1</translation>
    </message>
    <message>
        <source>not before %1, until %2</source>
        <translation>nicht vor %1, bis %2</translation>
    </message>
    <message numerus="yes">
        <source>until %1, %2 days left</source>
        <translation>
            <numerusform>bis %1, noch %2 Tag</numerusform>
            <numerusform>bis %1, noch %2 Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Ausgestellt von</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copied the fingerprint</source>
        <translation>Fingerabdruck kopiert</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>sich selbst</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::CloseFrameFields</name>
    <message>
        <source>without a code (the page sees 1005)</source>
        <translation>ohne Code (die Seite sieht 1005)</translation>
    </message>
    <message>
        <source>1000-1003, 1007-1014, 3000-4999, or none; 1006 and 1015 never travel in a frame</source>
        <translation>1000-1003, 1007-1014, 3000-4999 oder keiner; 1006 und 1015 stehen nie in einem Frame</translation>
    </message>
    <message>
        <source>Reason (may be empty)</source>
        <translation>Grund (darf leer sein)</translation>
    </message>
    <message>
        <source>%1 is never sent; it is what a page sees without a code, without a Close frame, or when TLS fails</source>
        <translation>%1 wird nie gesendet; eine Seite sieht ihn ohne Code, ohne Close-Frame oder wenn TLS scheitert</translation>
    </message>
    <message>
        <source>the code must be 1000-1003, 1007-1014 or 3000-4999</source>
        <translation>der Code muss 1000-1003, 1007-1014 oder 3000-4999 sein</translation>
    </message>
    <message>
        <source>a reason needs a code</source>
        <translation>ein Grund braucht einen Code</translation>
    </message>
    <message>
        <source>the reason has %1 bytes; 123 fit</source>
        <translation>der Grund hat %1 Bytes; 123 passen</translation>
    </message>
    <message>
        <source>Nothing was put in: a reason holds at most 123 bytes, and that is %1.</source>
        <translation>Nichts wurde eingefügt: ein Grund fasst höchstens 123 Bytes, und das sind %1.</translation>
    </message>
    <message>
        <source>Nothing was put in: a reason is UTF-8 text, and those bytes are not.</source>
        <translation>Nichts wurde eingefügt: ein Grund ist UTF-8-Text, und diese Bytes sind keiner.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::CommandHistory</name>
    <message>
        <source>raw ... with %1</source>
        <translation>raw ... mit %1</translation>
    </message>
    <message>
        <source>send ... a text of %1</source>
        <translation>send ... einen Text von %1</translation>
    </message>
    <message>
        <source>send ... %1 of binary</source>
        <translation>send ... %1 binär</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::CommandHistoryView</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the selected commands, or the last one</source>
        <translation>Die ausgewählten Befehle kopieren, oder den letzten</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Empty the list; nothing is undone</source>
        <translation>Die Liste leeren; nichts wird rückgängig gemacht</translation>
    </message>
    <message>
        <source>Nothing has been done yet.</source>
        <translation>Noch wurde nichts getan.</translation>
    </message>
    <message>
        <source>The list is empty now; nothing that was done is taken back.</source>
        <translation>Die Liste ist jetzt leer; nichts Getanes ist zurückgenommen.</translation>
    </message>
    <message>
        <source>What the window did, as commands of Jackfield&apos;s own language.</source>
        <translation>Was das Fenster getan hat, als Befehle in Jackfields eigener Sprache.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::Composer</name>
    <message>
        <source>That is %1, a lot for one message. Put it in all the same?</source>
        <translation>Das sind %1, viel für eine Nachricht. Trotzdem einfügen?</translation>
    </message>
    <message>
        <source>Put it in</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Nothing was put in: one file makes one message, and those are %1.</source>
        <translation>Nichts wurde eingefügt: eine Datei ergibt eine Nachricht, und das sind %1.</translation>
    </message>
    <message>
        <source>%1 has %2, a lot for one message. Put it in all the same?</source>
        <translation>%1 hat %2, viel für eine Nachricht. Trotzdem einfügen?</translation>
    </message>
    <message>
        <source>Send a file</source>
        <translation>Datei senden</translation>
    </message>
    <message>
        <source>The payload of that ping or pong is not text, so it is here as bytes of a binary message.</source>
        <translation>Die Nutzdaten dieses Pings oder Pongs sind kein Text, darum stehen sie hier als Bytes einer binären Nachricht.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Binary</source>
        <translation>Binär</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>Pong</source>
        <translation>Pong</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Raw frames</source>
        <translation>Rohe Frames</translation>
    </message>
    <message>
        <source>Macros</source>
        <translation>Makros</translation>
    </message>
    <message>
        <source>Expand {{counter}}, {{now}}, {{unixtime}}, {{random}} and {{uuid}} of this template on each sending</source>
        <translation>{{counter}}, {{now}}, {{unixtime}}, {{random}} und {{uuid}} dieser Vorlage bei jedem Senden ersetzen</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Messages that are kept; Ctrl+1 to Ctrl+9 put theirs in</source>
        <translation>Aufgehobene Nachrichten; Strg+1 bis Strg+9 fügen ihre ein</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Send a file...</source>
        <translation>Datei senden...</translation>
    </message>
    <message>
        <source>Repeat...</source>
        <translation>Wiederholen...</translation>
    </message>
    <message>
        <source>Save as template</source>
        <translation>Als Vorlage speichern</translation>
    </message>
    <message>
        <source>Recall the one before</source>
        <translation>Die vorherige zurückholen</translation>
    </message>
    <message>
        <source>Recall the one after</source>
        <translation>Die nächste zurückholen</translation>
    </message>
    <message>
        <source>Nothing was put in: that is %1, and the composer takes up to %2.</source>
        <translation>Nichts wurde eingefügt: das sind %1, und das Eingabefeld fasst bis zu %2.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing was put in: those %1 bytes are not UTF-8 text.</source>
        <translation>
            <numerusform>Nichts wurde eingefügt: dieses %1 Byte ist kein UTF-8-Text.</numerusform>
            <numerusform>Nichts wurde eingefügt: diese %1 Bytes sind kein UTF-8-Text.</numerusform>
        </translation>
    </message>
    <message>
        <source>Put them in as hex</source>
        <translation>Als Hex einfügen</translation>
    </message>
    <message>
        <source>Mistake</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formatieren</translation>
    </message>
    <message>
        <source>Shows where the JSON is wrong; it can be sent all the same</source>
        <translation>Zeigt, wo das JSON falsch ist; senden lässt es sich trotzdem</translation>
    </message>
    <message>
        <source>Breaks and indents the JSON; it is sent as it stands here</source>
        <translation>Bricht das JSON um und rückt es ein; gesendet wird es, wie es hier steht</translation>
    </message>
    <message>
        <source>Send ping to %1</source>
        <translation>Ping an %1 senden</translation>
    </message>
    <message>
        <source>Send pong to %1</source>
        <translation>Pong an %1 senden</translation>
    </message>
    <message>
        <source>Send close to %1</source>
        <translation>Close an %1 senden</translation>
    </message>
    <message>
        <source>Send raw to %1</source>
        <translation>Roh an %1 senden</translation>
    </message>
    <message>
        <source>without a code</source>
        <translation>ohne Code</translation>
    </message>
    <message numerus="yes">
        <source>%1 pieces</source>
        <translation>
            <numerusform>%1 Stück</numerusform>
            <numerusform>%1 Stücke</numerusform>
        </translation>
    </message>
    <message>
        <source>This message has %1. Send it to %2?</source>
        <translation>Diese Nachricht hat %1. An %2 senden?</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Not sent: there is nobody to send it to any more.</source>
        <translation>Nicht gesendet: es ist niemand mehr da, der sie bekäme.</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>Nicht gesendet: %1</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>%1 messages are repeated already. Stop one of them first.</source>
        <translation>%1 Nachrichten werden schon wiederholt. Stoppen Sie erst eine davon.</translation>
    </message>
    <message>
        <source>This message has %1. Send it to %2 again and again?</source>
        <translation>Diese Nachricht hat %1. Immer wieder an %2 senden?</translation>
    </message>
    <message>
        <source>Repeat it</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>The template was not sent: choose a connection first.</source>
        <translation>Die Vorlage wurde nicht gesendet: wählen Sie erst eine Verbindung.</translation>
    </message>
    <message>
        <source>The template was not sent: %1</source>
        <translation>Die Vorlage wurde nicht gesendet: %1</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>What was composed there is replaced.</source>
        <translation>Was dort verfasst war, ist ersetzt.</translation>
    </message>
    <message>
        <source>That Close frame holds a single byte, which is no close code, so it is here as a raw frame, byte for byte.</source>
        <translation>Dieser Close-Frame enthält ein einzelnes Byte, und das ist kein Schließcode; darum steht er hier als roher Frame, Byte für Byte.</translation>
    </message>
    <message>
        <source>The reason of that Close frame is not UTF-8, so it is here as a raw frame, byte for byte.</source>
        <translation>Der Grund dieses Close-Frames ist kein UTF-8; darum steht er hier als roher Frame, Byte für Byte.</translation>
    </message>
    <message>
        <source>The payload is discarded.</source>
        <translation>Die Nutzdaten sind verworfen.</translation>
    </message>
    <message>
        <source>Frames and bytes need a WebSocket; without one (SockJS) there is nothing that could carry them</source>
        <translation>Frames und Bytes brauchen einen WebSocket; ohne ihn (SockJS) gibt es nichts, was sie tragen könnte</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ComposerPages</name>
    <message>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>Text to send</source>
        <translation>Zu sendender Text</translation>
    </message>
    <message>
        <source>Payload of the ping (may be empty)</source>
        <translation>Nutzdaten des Pings (dürfen leer sein)</translation>
    </message>
    <message>
        <source>Payload of the pong (may be empty)</source>
        <translation>Nutzdaten des Pongs (dürfen leer sein)</translation>
    </message>
    <message>
        <source>Nothing was put in; %1.</source>
        <translation>Nichts wurde eingefügt; %1.</translation>
    </message>
    <message>
        <source>Nothing was put in: a ping or pong holds at most 125 bytes, and that is %1.</source>
        <translation>Nichts wurde eingefügt: ein Ping oder Pong fasst höchstens 125 Bytes, und das sind %1.</translation>
    </message>
    <message>
        <source>%1 bytes; a ping holds at most 125</source>
        <translation>%1 Bytes; ein Ping fasst höchstens 125</translation>
    </message>
    <message>
        <source>%1 bytes; a pong holds at most 125</source>
        <translation>%1 Bytes; ein Pong fasst höchstens 125</translation>
    </message>
    <message>
        <source>%1 of 125 bytes</source>
        <translation>%1 von 125 Bytes</translation>
    </message>
    <message>
        <source>reason: %1 of 123 bytes</source>
        <translation>Grund: %1 von 123 Bytes</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ConnectionModel</name>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Connection %1, %2, %3, %4</source>
        <translation>Verbindung %1, %2, %3, %4</translation>
    </message>
    <message numerus="yes">
        <source>%1 messages from browser</source>
        <translation>
            <numerusform>%1 Nachricht vom Browser</numerusform>
            <numerusform>%1 Nachrichten vom Browser</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 messages to browser</source>
        <translation>
            <numerusform>%1 Nachricht zum Browser</numerusform>
            <numerusform>%1 Nachrichten zum Browser</numerusform>
        </translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>follows</source>
        <translation>gefolgt</translation>
    </message>
    <message>
        <source>subprotocol not met</source>
        <translation>Subprotokoll nicht erfüllt</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>close not answered</source>
        <translation>Close unbeantwortet</translation>
    </message>
    <message>
        <source>pings not answered</source>
        <translation>Pings unbeantwortet</translation>
    </message>
    <message>
        <source>raw bytes sent</source>
        <translation>rohe Bytes gesendet</translation>
    </message>
    <message>
        <source> · closed by %1 after %2</source>
        <translation> · geschlossen (%1) nach %2</translation>
    </message>
    <message>
        <source>Closed with %1 by %2</source>
        <translation>Geschlossen mit %1 (%2)</translation>
    </message>
    <message>
        <source>Reads slowly: %1 waiting</source>
        <translation>Liest langsam: %1 warten</translation>
    </message>
    <message>
        <source>Colour: %1</source>
        <translation>Farbe: %1</translation>
    </message>
    <message>
        <source>Peer: %1</source>
        <translation>Gegenstelle: %1</translation>
    </message>
    <message>
        <source>Origin: %1</source>
        <translation>Origin: %1</translation>
    </message>
    <message>
        <source>Path: %1</source>
        <translation>Pfad: %1</translation>
    </message>
    <message>
        <source>It offered the subprotocols %1, and its endpoint speaks none of them: browsers fail such a connection.</source>
        <translation>Angeboten wurden die Subprotokolle %1, und der Endpunkt spricht keines davon: Browser brechen eine solche Verbindung ab.</translation>
    </message>
    <message>
        <source>User agent: %1</source>
        <translation>User-Agent: %1</translation>
    </message>
    <message>
        <source>%1 more were skipped: it reads too slowly</source>
        <translation>%1 weitere übersprungen: sie liest zu langsam</translation>
    </message>
    <message>
        <source>It sent no Origin header</source>
        <translation>Ohne Origin-Header</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>fortgesetzt</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>Encrypted: %1, %2</source>
        <translation>Verschlüsselt: %1, %2</translation>
    </message>
    <message>
        <source>Server name (SNI): %1</source>
        <translation>Servername (SNI): %1</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>Nicht verschlüsselt</translation>
    </message>
    <message>
        <source>It offered no application protocol (ALPN)</source>
        <translation>Es bot kein Anwendungsprotokoll an (ALPN)</translation>
    </message>
    <message>
        <source>It named no server (SNI), as is usual for an address</source>
        <translation>Es nannte keinen Server (SNI), wie bei einer Adresse üblich</translation>
    </message>
    <message>
        <source>An earlier TLS session went on: no certificate was sent</source>
        <translation>Eine frühere TLS-Sitzung ging weiter: Es wurde kein Zertifikat gesendet</translation>
    </message>
    <message>
        <source>A full TLS handshake, with the certificate</source>
        <translation>Ein voller TLS-Handshake mit dem Zertifikat</translation>
    </message>
    <message>
        <source>Without a WebSocket: by %1 (SockJS)</source>
        <translation>Ohne WebSocket: über %1 (SockJS)</translation>
    </message>
    <message>
        <source>It tried before: %1</source>
        <translation>Vorher versuchte sie: %1</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ConnectionStore</name>
    <message>
        <source>a closed connection</source>
        <translation>eine geschlossene Verbindung</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ConnectionTable</name>
    <message>
        <source>Select none</source>
        <translation>Auswahl aufheben</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ConnectionView</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>order paused</source>
        <translation>Ordnung angehalten</translation>
    </message>
    <message>
        <source>Rows stay where they are while you point at them.</source>
        <translation>Die Zeilen bleiben, wo sie sind, solange Sie darauf zeigen.</translation>
    </message>
    <message>
        <source>Clear closed</source>
        <translation>Geschlossene entfernen</translation>
    </message>
    <message>
        <source>&amp;Send to...</source>
        <translation>&amp;Senden an...</translation>
    </message>
    <message>
        <source>&amp;Ping</source>
        <translation>&amp;Ping</translation>
    </message>
    <message>
        <source>&amp;Kick...</source>
        <translation>&amp;Trennen...</translation>
    </message>
    <message>
        <source>Kick a&amp;gain</source>
        <translation>&amp;Wieder trennen</translation>
    </message>
    <message>
        <source>&amp;End the stream (FIN)</source>
        <translation>&amp;Datenstrom beenden (FIN)</translation>
    </message>
    <message>
        <source>&amp;Reset (RST)</source>
        <translation>&amp;Zurücksetzen (RST)</translation>
    </message>
    <message>
        <source>Go &amp;silent</source>
        <translation>&amp;Verstummen</translation>
    </message>
    <message>
        <source>Never answer its &amp;close</source>
        <translation>Nie auf ihr &amp;Close antworten</translation>
    </message>
    <message>
        <source>Never answer its &amp;pings</source>
        <translation>Nie auf ihre &amp;Pings antworten</translation>
    </message>
    <message>
        <source>Ans&amp;wer again</source>
        <translation>Wieder antw&amp;orten</translation>
    </message>
    <message>
        <source>&amp;Follow this page</source>
        <translation>Dieser Seite &amp;folgen</translation>
    </message>
    <message>
        <source>S&amp;top following</source>
        <translation>Nicht mehr fol&amp;gen</translation>
    </message>
    <message>
        <source>&amp;Rename...</source>
        <translation>&amp;Umbenennen...</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alle auswählen</translation>
    </message>
    <message>
        <source>Select &amp;none</source>
        <translation>Auswahl auf&amp;heben</translation>
    </message>
    <message>
        <source>Show &amp;closed</source>
        <translation>Geschlossene &amp;zeigen</translation>
    </message>
    <message>
        <source>Cl&amp;ear closed</source>
        <translation>G&amp;eschlossene entfernen</translation>
    </message>
    <message>
        <source>Closed (%1)</source>
        <translation>Geschlossen (%1)</translation>
    </message>
    <message>
        <source>%1 of %2 selected</source>
        <translation>%1 von %2 ausgewählt</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message>
        <source>, and %1 hidden by the filter</source>
        <translation>, %1 vom Filter verborgen</translation>
    </message>
    <message>
        <source>answered again</source>
        <translation>antwortet wieder</translation>
    </message>
    <message>
        <source>Its origin, %1...</source>
        <translation>Ihren Origin, %1...</translation>
    </message>
    <message>
        <source>Its host, %1...</source>
        <translation>Ihren Host, %1...</translation>
    </message>
    <message>
        <source>Its address, %1...</source>
        <translation>Ihre Adresse, %1...</translation>
    </message>
    <message>
        <source>pinged</source>
        <translation>angepingt</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Name of this page (empty: the one it comes with)</source>
        <translation>Name dieser Seite (leer: der eigene)</translation>
    </message>
    <message>
        <source>&amp;Origin</source>
        <translation>&amp;Origin</translation>
    </message>
    <message>
        <source>&amp;Path</source>
        <translation>&amp;Pfad</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Host</translation>
    </message>
    <message>
        <source>P&amp;eer address</source>
        <translation>&amp;Adresse der Gegenstelle</translation>
    </message>
    <message>
        <source>&amp;User agent</source>
        <translation>&amp;User-Agent</translation>
    </message>
    <message>
        <source>&amp;Row</source>
        <translation>&amp;Zeile</translation>
    </message>
    <message>
        <source>Kick st&amp;yles</source>
        <translation>Tren&amp;narten</translation>
    </message>
    <message>
        <source>&amp;Block for now</source>
        <translation>Vorerst spe&amp;rren</translation>
    </message>
    <message>
        <source>Colo&amp;ur</source>
        <translation>Far&amp;be</translation>
    </message>
    <message>
        <source>Filter &amp;like this</source>
        <translation>So f&amp;iltern</translation>
    </message>
    <message>
        <source>C&amp;opy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Usual columns</source>
        <translation>&amp;Übliche Spalten</translation>
    </message>
    <message>
        <source>Forget na&amp;mes and colours...</source>
        <translation>Na&amp;men und Farben vergessen...</translation>
    </message>
    <message>
        <source>1 closed connection is cleared; its messages are kept.</source>
        <translation>1 geschlossene Verbindung ist entfernt; ihre Nachrichten bleiben.</translation>
    </message>
    <message>
        <source>%1 closed connections are cleared; their messages are kept.</source>
        <translation>%1 geschlossene Verbindungen sind entfernt; ihre Nachrichten bleiben.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Forget names and colours</source>
        <translation>Namen und Farben vergessen</translation>
    </message>
    <message>
        <source>Forget the name and colour that you gave one page?</source>
        <translation>Den Namen und die Farbe vergessen, die Sie einer Seite gegeben haben?</translation>
    </message>
    <message>
        <source>Forget the names and colours that you gave %1 pages?</source>
        <translation>Die Namen und Farben vergessen, die Sie %1 Seiten gegeben haben?</translation>
    </message>
    <message>
        <source>They are called by what they come with again. This cannot be undone.</source>
        <translation>Sie heißen dann wieder, wie sie sich melden. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Hosts and or&amp;igins</source>
        <translation>Hosts un&amp;d Origins</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::EchoBar</name>
    <message>
        <source>Make silent</source>
        <translation>Verstummen lassen</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>answers our echo: each keeps sending the other&apos;s message back. This stops when the endpoint is silent.</source>
        <translation>beantwortet unser Echo: jeder schickt immer wieder die Nachricht des anderen zurück. Das endet, wenn der Endpunkt verstummt.</translation>
    </message>
    <message>
        <source>Its endpoint is not there any more; kick the connection instead</source>
        <translation>Ihr Endpunkt ist nicht mehr da; trennen Sie stattdessen die Verbindung</translation>
    </message>
    <message>
        <source>%1 answers nothing by itself any more.</source>
        <translation>%1 antwortet nichts mehr von sich aus.</translation>
    </message>
    <message>
        <source>%1 answers nothing on %2 by itself any more.</source>
        <translation>%1 antwortet auf %2 nichts mehr von sich aus.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::EmptyState</name>
    <message>
        <source>▶ Start</source>
        <translation>▶ Starten</translation>
    </message>
    <message>
        <source>Open test page</source>
        <translation>Testseite öffnen</translation>
    </message>
    <message>
        <source>Use from a phone...</source>
        <translation>Vom Telefon nutzen...</translation>
    </message>
    <message>
        <source>The page says it failed? See why</source>
        <translation>Die Seite meldet einen Fehler? Zur Ursache</translation>
    </message>
    <message>
        <source>Nothing can connect until it is started.</source>
        <translation>Nichts kann sich verbinden, solange nicht gestartet ist.</translation>
    </message>
    <message>
        <source>What came was not let in, or was no WebSocket.</source>
        <translation>Was kam, wurde nicht hereingelassen oder war kein WebSocket.</translation>
    </message>
    <message>
        <source>Connect to it from a page, and the connection appears here.</source>
        <translation>Verbinden Sie sich von einer Seite aus, und die Verbindung erscheint hier.</translation>
    </message>
    <message>
        <source>Listening on %1. Nothing has connected yet.</source>
        <translation>Lauscht auf %1. Noch hat sich nichts verbunden.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>Copy new WebSocket(&quot;%1&quot;)</source>
        <translation>new WebSocket(&quot;%1&quot;) kopieren</translation>
    </message>
    <message>
        <source>• %1. %2</source>
        <translation>• %1. %2</translation>
    </message>
    <message>
        <source>Something has reached this server, but no complete request for a WebSocket.</source>
        <translation>Etwas hat diesen Server erreicht, aber keine vollständige Anfrage nach einem WebSocket.</translation>
    </message>
    <message>
        <source>More has reached this server than could be listed. Some of it may have asked for a WebSocket and was not let in.</source>
        <translation>Bei diesem Server ist mehr angekommen, als aufgelistet werden konnte. Einiges davon hat vielleicht einen WebSocket verlangt und wurde nicht hereingelassen.</translation>
    </message>
    <message>
        <source>Listening on %1 and %2. Nothing has connected yet.</source>
        <translation>Lauscht auf %1 und %2. Noch hat sich nichts verbunden.</translation>
    </message>
    <message>
        <source>Show refused attempts</source>
        <translation>Abgewiesene Versuche zeigen</translation>
    </message>
    <message>
        <source>The likely causes:</source>
        <translation>Die wahrscheinlichen Ursachen:</translation>
    </message>
    <message>
        <source>Nothing has reached this server.</source>
        <translation>Nichts hat diesen Server erreicht.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::EndpointModel</name>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antwortet</translation>
    </message>
    <message>
        <source>Subprotocols</source>
        <translation>Subprotokolle</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::EndpointPanel</name>
    <message>
        <source>A page is served by the endpoint with the longest path that fits its own.</source>
        <translation>Eine Seite bedient der Endpunkt mit dem längsten Pfad, der zu ihrem passt.</translation>
    </message>
    <message>
        <source>Remove this endpoint</source>
        <translation>Diesen Endpunkt entfernen</translation>
    </message>
    <message>
        <source>New path, e.g. /chat or /api/*</source>
        <translation>Neuer Pfad, z. B. /chat oder /api/*</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>chat includes the sender</source>
        <translation>chat auch an den Absender</translation>
    </message>
    <message>
        <source>&amp;Path</source>
        <translation>&amp;Pfad</translation>
    </message>
    <message>
        <source>Ans&amp;wers</source>
        <translation>Ant&amp;wortet</translation>
    </message>
    <message>
        <source>Subprotocols</source>
        <translation>Subprotokolle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antwortet</translation>
    </message>
    <message>
        <source>Remove this subprotocol</source>
        <translation>Dieses Subprotokoll entfernen</translation>
    </message>
    <message>
        <source>New name, e.g. v1.prices</source>
        <translation>Neuer Name, z. B. v1.prices</translation>
    </message>
    <message>
        <source>There is an endpoint %1 already; it is chosen now.</source>
        <translation>Einen Endpunkt %1 gibt es schon; er ist jetzt gewählt.</translation>
    </message>
    <message>
        <source>There is an endpoint %1 already. Its path was left as it is.</source>
        <translation>Einen Endpunkt %1 gibt es schon. Sein Pfad blieb, wie er ist.</translation>
    </message>
    <message>
        <source>%1 is removed. No endpoint is left: every page is refused with 404.</source>
        <translation>%1 ist entfernt. Kein Endpunkt ist übrig: jede Seite wird mit 404 abgewiesen.</translation>
    </message>
    <message>
        <source>%1 is removed.</source>
        <translation>%1 ist entfernt.</translation>
    </message>
    <message>
        <source>What is open on it (%1) stays as it is.</source>
        <translation>Was dort offen ist (%1), bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>The subprotocol %1 is in the list already.</source>
        <translation>Das Subprotokoll %1 steht schon in der Liste.</translation>
    </message>
    <message>
        <source>The subprotocol %1 is removed.</source>
        <translation>Das Subprotokoll %1 ist entfernt.</translation>
    </message>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 gibt es nicht mehr.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::EventView</name>
    <message>
        <source>Filter events</source>
        <translation>Ereignisse filtern</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Empty the list of events</source>
        <translation>Die Ereignisliste leeren</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Noch ist nichts geschehen.</translation>
    </message>
    <message>
        <source>%1 not kept</source>
        <translation>%1 nicht behalten</translation>
    </message>
    <message>
        <source>No event passes the filter.</source>
        <translation>Kein Ereignis passt zum Filter.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>The list is empty now.</source>
        <translation>Die Liste ist jetzt leer.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ExportDialog</name>
    <message>
        <source>Export messages</source>
        <translation>Nachrichten exportieren</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>The &amp;selected ones</source>
        <translation>Die aus&amp;gewählten</translation>
    </message>
    <message>
        <source>Those that are sho&amp;wn</source>
        <translation>Die ge&amp;zeigten</translation>
    </message>
    <message>
        <source>&amp;All that are kept</source>
        <translation>&amp;Alle aufgezeichneten</translation>
    </message>
    <message>
        <source>What the connections, the direction and the filter let through</source>
        <translation>Was Verbindungen, Richtung und Filter durchlassen</translation>
    </message>
    <message>
        <source>HAR 1.2</source>
        <translation>HAR 1.2</translation>
    </message>
    <message>
        <source>JSON Lines</source>
        <translation>JSON Lines</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Text transcript</source>
        <translation>Textprotokoll</translation>
    </message>
    <message>
        <source>Put a &apos; before what a spreadsheet would &amp;run as a formula</source>
        <translation>Ein &apos; vor das setzen, was eine Tabelle als Formel &amp;rechnen würde</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>Da&amp;tei</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>For the network tools of browsers. Text and binary messages; it has no place for control frames. Can be opened here again.</source>
        <translation>Für die Netzwerkwerkzeuge der Browser. Text- und Binärnachrichten; für Kontroll-Frames hat es keinen Platz. Lässt sich hier wieder öffnen.</translation>
    </message>
    <message>
        <source>One JSON object a line; loses nothing. Can be opened here again.</source>
        <translation>Ein JSON-Objekt je Zeile; verliert nichts. Lässt sich hier wieder öffnen.</translation>
    </message>
    <message>
        <source>For spreadsheets: a row for each message and control frame.</source>
        <translation>Für Tabellenprogramme: eine Zeile für jede Nachricht und jeden Kontroll-Frame.</translation>
    </message>
    <message>
        <source>Lines for a person to read, in the time zone of this machine.</source>
        <translation>Zeilen zum Lesen, in der Zeitzone dieses Rechners.</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>Wählen Sie eine Datei.</translation>
    </message>
    <message>
        <source>This is a folder.</source>
        <translation>Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>This file exists and will be replaced.</source>
        <translation>Diese Datei gibt es schon; sie wird ersetzt.</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>HAR (*.har)</source>
        <translation>HAR (*.har)</translation>
    </message>
    <message>
        <source>JSON Lines (*.jsonl *.ndjson)</source>
        <translation>JSON Lines (*.jsonl *.ndjson)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Text transcript (*.txt *.log)</source>
        <translation>Textprotokoll (*.txt *.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ExportStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelling the export…</source>
        <translation>Der Export wird abgebrochen…</translation>
    </message>
    <message>
        <source>Exporting to %1: waiting for the disk, %2</source>
        <translation>Export nach %1: wartet auf die Platte, %2</translation>
    </message>
    <message numerus="yes">
        <source>Exporting to %1: %2 of %3 messages, %4</source>
        <translation>
            <numerusform>Export nach %1: %2 von %3 Nachricht, %4</numerusform>
            <numerusform>Export nach %1: %2 von %3 Nachrichten, %4</numerusform>
        </translation>
    </message>
    <message>
        <source>Not exported: %1.</source>
        <translation>Nicht exportiert: %1.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The export to %1 was cancelled; nothing was written.</source>
        <translation>Der Export nach %1 wurde abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Exported %1 of %2 to %3 (%4).</source>
        <translation>%1 von %2 nach %3 exportiert (%4).</translation>
    </message>
    <message numerus="yes">
        <source>%1 messages</source>
        <translation>
            <numerusform>%1 Nachricht</numerusform>
            <numerusform>%1 Nachrichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 connections</source>
        <comment>messages of %1 connections</comment>
        <translation>
            <numerusform>%1 Verbindung</numerusform>
            <numerusform>%1 Verbindungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 control and raw frames are left out: HAR has no place for them.</source>
        <translation>
            <numerusform>%1 Kontroll- oder roher Frame ist ausgelassen: HAR hat keinen Platz dafür.</numerusform>
            <numerusform>%1 Kontroll- und rohe Frames sind ausgelassen: HAR hat keinen Platz dafür.</numerusform>
        </translation>
    </message>
    <message>
        <source>Of %1 the content had not been kept.</source>
        <translation>Von %1 war der Inhalt nicht behalten worden.</translation>
    </message>
    <message numerus="yes">
        <source>%1 gave way to newer ones meanwhile.</source>
        <translation>
            <numerusform>%1 wich inzwischen neueren.</numerusform>
            <numerusform>%1 wichen inzwischen neueren.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>No program opens folders here. The file is %1.</source>
        <translation>Kein Programm öffnet hier Ordner. Die Datei ist %1.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::FigureModel</name>
    <message>
        <source>Figure</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::FilterField</name>
    <message>
        <source>Words, &quot;quoted text&quot;, /expressions/, -not, a | b, key:value</source>
        <translation>Wörter, &quot;zitierter Text&quot;, /Ausdrücke/, -nicht, a | b, schlüssel:wert</translation>
    </message>
    <message>
        <source>Filter fields</source>
        <translation>Filterfelder</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::FindBar</name>
    <message>
        <source>Find in messages</source>
        <translation>In Nachrichten suchen</translation>
    </message>
    <message>
        <source>Text as it stands, or an /expression/</source>
        <translation>Text, wie er dasteht, oder ein /Ausdruck/</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Voriger Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Nächster Treffer (F3)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>End the search (Esc)</source>
        <translation>Suche beenden (Esc)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>searching...</source>
        <translation>sucht...</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>bisher %1</translation>
    </message>
    <message>
        <source>%1, from the other end</source>
        <translation>%1, vom anderen Ende</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>End the search</source>
        <translation>Suche beenden</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::Follow</name>
    <message>
        <source>came back as #%1 after %2</source>
        <translation>kam als #%1 nach %2 zurück</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::FragmentationFields</name>
    <message>
        <source>whole</source>
        <translation>ganz</translation>
    </message>
    <message>
        <source>frames:</source>
        <translation>Frames:</translation>
    </message>
    <message>
        <source>bytes:</source>
        <translation>Bytes:</translation>
    </message>
    <message>
        <source>Whole, cut into a number of frames, or into frames of so many bytes</source>
        <translation>Ganz, in eine Anzahl Frames geteilt oder in Frames von so vielen Bytes</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message numerus="yes">
        <source>%1 given sizes</source>
        <translation>
            <numerusform>%1 vorgegebene Größe</numerusform>
            <numerusform>%1 vorgegebene Größen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::FrameModel</name>
    <message>
        <source>continuation</source>
        <translation>continuation</translation>
    </message>
    <message>
        <source>text</source>
        <translation>text</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>binary</translation>
    </message>
    <message>
        <source>close</source>
        <translation>close</translation>
    </message>
    <message>
        <source>ping</source>
        <translation>ping</translation>
    </message>
    <message>
        <source>pong</source>
        <translation>pong</translation>
    </message>
    <message>
        <source>reserved 0x%1</source>
        <translation>reserviert 0x%1</translation>
    </message>
    <message>
        <source>Opcode 0x%1, %2</source>
        <translation>Opcode 0x%1, %2</translation>
    </message>
    <message>
        <source>FIN is set: the last frame of its message</source>
        <translation>FIN ist gesetzt: der letzte Frame der Nachricht</translation>
    </message>
    <message>
        <source>FIN is not set: more frames follow</source>
        <translation>FIN ist nicht gesetzt: weitere Frames folgen</translation>
    </message>
    <message>
        <source>RSV1 is set: the message is compressed (permessage-deflate)</source>
        <translation>RSV1 ist gesetzt: die Nachricht ist komprimiert (permessage-deflate)</translation>
    </message>
    <message>
        <source>Reserved bits that are set</source>
        <translation>Reservierte Bits, die gesetzt sind</translation>
    </message>
    <message>
        <source>Masked with this key, as every frame of a browser</source>
        <translation>Maskiert mit diesem Schlüssel, wie jeder Frame eines Browsers</translation>
    </message>
    <message>
        <source>Not masked, as every frame of a server</source>
        <translation>Nicht maskiert, wie jeder Frame eines Servers</translation>
    </message>
    <message numerus="yes">
        <source>%1 bytes of payload, the length in %2 bits</source>
        <translation>
            <numerusform>%1 Byte Nutzdaten, die Länge in %2 Bit</numerusform>
            <numerusform>%1 Bytes Nutzdaten, die Länge in %2 Bit</numerusform>
        </translation>
    </message>
    <message>
        <source>; a shorter form would have held it</source>
        <translation>; eine kürzere Form hätte gereicht</translation>
    </message>
    <message>
        <source>The header&apos;s %1 bytes as they stood on the wire: %2</source>
        <translation>Die %1 Bytes des Headers, wie sie übertragen wurden: %2</translation>
    </message>
    <message>
        <source>%1 in %2 bits</source>
        <translation>%1 in %2 Bit</translation>
    </message>
    <message>
        <source>Opcode</source>
        <translation>Opcode</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Header</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::FramesView</name>
    <message>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>Raw bytes that are no frame.</source>
        <translation>Rohe Bytes, die kein Frame sind.</translation>
    </message>
    <message>
        <source>No frame headers: this version of the protocol has other framing, or the message is one part of a longer one.</source>
        <translation>Keine Frame-Header: diese Protokollversion rahmt anders, oder die Nachricht ist Teil einer längeren.</translation>
    </message>
    <message>
        <source>The first %1 of %2 frames.</source>
        <translation>Die ersten %1 von %2 Frames.</translation>
    </message>
    <message>
        <source>1 frame.</source>
        <translation>1 Frame.</translation>
    </message>
    <message>
        <source>%1 frames.</source>
        <translation>%1 Frames.</translation>
    </message>
    <message>
        <source>%1 of headers and %2 of payload on the wire.</source>
        <translation>%1 Header und %2 Nutzdaten übertragen.</translation>
    </message>
    <message>
        <source>Compressed; %1 when plain.</source>
        <translation>Komprimiert; entpackt %1.</translation>
    </message>
    <message>
        <source>Not compressed.</source>
        <translation>Nicht komprimiert.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::HeldPayload</name>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>%1, too long to edit here. It is sent exactly as it was put in.</source>
        <translation>%1, zu lang, um hier bearbeitet zu werden. Gesendet wird es genau, wie es eingefügt wurde.</translation>
    </message>
    <message>
        <source>%1, %2, too long to edit here. It is sent exactly as it is in the file.</source>
        <translation>%1, %2, zu lang, um hier bearbeitet zu werden. Gesendet wird es genau, wie es in der Datei steht.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::HexField</name>
    <message>
        <source>0x without digits behind it, at position %1</source>
        <translation>0x ohne Ziffern dahinter, an Stelle %1</translation>
    </message>
    <message>
        <source>not a hex digit at position %1</source>
        <translation>keine Hex-Ziffer an Stelle %1</translation>
    </message>
    <message>
        <source>one digit alone at position %1; a byte is two</source>
        <translation>eine einzelne Ziffer an Stelle %1; ein Byte hat zwei</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::InlineNotice</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::JsonAssist</name>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>JSON, not checked</source>
        <translation>JSON, nicht geprüft</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::JsonView</name>
    <message>
        <source>Copy the value</source>
        <translation>Den Wert kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;value</source>
        <translation>&amp;Wert kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;key</source>
        <translation>&amp;Schlüssel kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>&amp;Filter like this</source>
        <translation>Da&amp;nach filtern</translation>
    </message>
    <message>
        <source>&amp;Filter by %1</source>
        <translation>&amp;Nach %1 filtern</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Zuklappen</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Aufklappen</translation>
    </message>
    <message>
        <source>Open &amp;all below</source>
        <translation>A&amp;lles darunter aufklappen</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::KickPopover</name>
    <message>
        <source>What waits is sent, then the stream ends. The page sees 1006.</source>
        <translation>Was wartet, wird gesendet, dann endet der Datenstrom. Die Seite sieht 1006.</translation>
    </message>
    <message>
        <source>At once; what waits is lost. The page sees 1006.</source>
        <translation>Sofort; was wartet, geht verloren. Die Seite sieht 1006.</translation>
    </message>
    <message>
        <source>It stays open, as with a server that hangs. “Answer again” takes it back.</source>
        <translation>Sie bleibt offen, wie bei einem Server, der hängt. „Wieder antworten“ nimmt es zurück.</translation>
    </message>
    <message>
        <source>It stays open; when the page closes, it waits. “Answer again” takes it back.</source>
        <translation>Sie bleibt offen; wenn die Seite schließt, wartet sie. „Wieder antworten“ nimmt es zurück.</translation>
    </message>
    <message>
        <source>It stays open; its pings get no pong. “Answer again” takes it back.</source>
        <translation>Sie bleibt offen; ihre Pings bekommen kein Pong. „Wieder antworten“ nimmt es zurück.</translation>
    </message>
    <message>
        <source>its origin</source>
        <translation>ihren Origin</translation>
    </message>
    <message>
        <source>its host</source>
        <translation>ihren Host</translation>
    </message>
    <message>
        <source>its address</source>
        <translation>ihre Adresse</translation>
    </message>
    <message>
        <source>Without a code (the page sees 1005)</source>
        <translation>Ohne Code (die Seite sieht 1005)</translation>
    </message>
    <message>
        <source>3000-4999: type your own</source>
        <translation>3000-4999: eigener Code</translation>
    </message>
    <message>
        <source>Reason (may be empty)</source>
        <translation>Grund (darf leer sein)</translation>
    </message>
    <message>
        <source>Then refuse</source>
        <translation>Danach abweisen:</translation>
    </message>
    <message>
        <source>for </source>
        <translation>für </translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Kick %1</source>
        <translation>%1 trennen</translation>
    </message>
    <message numerus="yes">
        <source>Kick %1 connections</source>
        <translation>
            <numerusform>%1 Verbindung trennen</numerusform>
            <numerusform>%1 Verbindungen trennen</numerusform>
        </translation>
    </message>
    <message>
        <source>It has closed meanwhile: there is nothing to kick.</source>
        <translation>Sie ist inzwischen geschlossen: nichts zu trennen.</translation>
    </message>
    <message>
        <source>%1 closed meanwhile</source>
        <translation>%1 inzwischen geschlossen</translation>
    </message>
    <message>
        <source>a reason needs a code</source>
        <translation>ein Grund braucht einen Code</translation>
    </message>
    <message>
        <source>%1 of %2 bytes</source>
        <translation>%1 von %2 Bytes</translation>
    </message>
    <message>
        <source>1006 cannot be sent: a page sees it when its connection is cut without a Close frame.</source>
        <translation>1006 lässt sich nicht senden: eine Seite sieht ihn, wenn ihre Verbindung ohne Close-Frame abgeschnitten wird.</translation>
    </message>
    <message>
        <source>1015 cannot be sent: a page sees it when TLS fails.</source>
        <translation>1015 lässt sich nicht senden: eine Seite sieht ihn, wenn TLS scheitert.</translation>
    </message>
    <message>
        <source>1005 cannot be sent: a page sees it for a Close frame without a code. Choose that one from the list.</source>
        <translation>1005 lässt sich nicht senden: eine Seite sieht ihn bei einem Close-Frame ohne Code. Wählen Sie den aus der Liste.</translation>
    </message>
    <message>
        <source>Type a code of 1000-1003, 1007-1014 or 3000-4999.</source>
        <translation>Geben Sie einen Code aus 1000-1003, 1007-1014 oder 3000-4999 ein.</translation>
    </message>
    <message>
        <source>The reason is %1 bytes too long for a Close frame.</source>
        <translation>Der Grund ist für einen Close-Frame %1 Bytes zu lang.</translation>
    </message>
    <message>
        <source>Yes, kick %1</source>
        <translation>Ja, %1 trennen</translation>
    </message>
    <message>
        <source>Kick %1...</source>
        <translation>%1 trennen...</translation>
    </message>
    <message>
        <source>kicked</source>
        <translation>getrennt</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>It has no origin and is not refused.</source>
        <translation>Sie hat keinen Origin und wird nicht abgewiesen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 have no origin and are not refused.</source>
        <translation>
            <numerusform>%1 hat keinen Origin und wird nicht abgewiesen.</numerusform>
            <numerusform>%1 haben keinen Origin und werden nicht abgewiesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>It has no origin: its address is refused.</source>
        <translation>Sie hat keinen Origin: ihre Adresse wird abgewiesen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 have no origin: addresses are refused.</source>
        <translation>
            <numerusform>%1 hat keinen Origin: Adressen werden abgewiesen.</numerusform>
            <numerusform>%1 haben keinen Origin: Adressen werden abgewiesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every browser and program on this machine comes from there.</source>
        <translation>Jeder Browser und jedes Programm auf diesem Rechner kommt von dort.</translation>
    </message>
    <message numerus="yes">
        <source>; %1 have no origin and are not refused</source>
        <translation>
            <numerusform>; %1 hat keinen Origin und wird nicht abgewiesen</numerusform>
            <numerusform>; %1 haben keinen Origin und werden nicht abgewiesen</numerusform>
        </translation>
    </message>
    <message>
        <source>Without a WebSocket (SockJS) a page does not ask for an answer to its close.</source>
        <translation>Ohne WebSocket (SockJS) erwartet eine Seite keine Antwort auf ihr Close.</translation>
    </message>
    <message>
        <source>Without a WebSocket (SockJS) there are no pings to answer.</source>
        <translation>Ohne WebSocket (SockJS) gibt es keine Pings zu beantworten.</translation>
    </message>
    <message>
        <source>The answer brings c[...] and the session ends.</source>
        <translation>Die Antwort bringt c[...], und die Sitzung endet.</translation>
    </message>
    <message>
        <source>The answer brings %1 and the session ends.</source>
        <translation>Die Antwort bringt %1, und die Sitzung endet.</translation>
    </message>
    <message>
        <source>The answer ends and the session is forgotten. The page sees 1006 “Server lost session”.</source>
        <translation>Die Antwort endet, und die Sitzung ist vergessen. Die Seite sieht 1006 „Server lost session“.</translation>
    </message>
    <message>
        <source>The request in flight is reset and the session is forgotten; what waits is lost. The page sees 1006.</source>
        <translation>Die laufende Anfrage wird zurückgesetzt und die Sitzung vergessen; was wartet, ist verloren. Die Seite sieht 1006.</translation>
    </message>
    <message>
        <source>It stays open; its polls and sends get no answer. “Answer again” takes it back.</source>
        <translation>Sie bleibt offen; ihre Abfragen und Sendungen bekommen keine Antwort. „Wieder antworten“ nimmt es zurück.</translation>
    </message>
    <message>
        <source>Without WebSocket (%1): %2</source>
        <translation>Ohne WebSocket (%1): %2</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::LinePlot</name>
    <message>
        <source>%1: %2</source>
        <comment>name of a line in a plot, its last value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::LinesQuestion</name>
    <message>
        <source>Unsaved changes</source>
        <translation>Nicht gespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Save the changes of %1?</source>
        <translation>Änderungen an %1 speichern?</translation>
    </message>
    <message>
        <source>Without saving, the project file stays as it was.</source>
        <translation>Ohne zu speichern bleibt die Projektdatei, wie sie war.</translation>
    </message>
    <message>
        <source>Settings not saved</source>
        <translation>Einstellungen nicht gespeichert</translation>
    </message>
    <message>
        <source>Close without saving the settings?</source>
        <translation>Schließen, ohne die Einstellungen zu speichern?</translation>
    </message>
    <message>
        <source>%1. What was changed since will be lost.</source>
        <translation>%1. Was seitdem geändert wurde, geht verloren.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>Trotzdem schließen</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ListenersDialog</name>
    <message>
        <source>as TLS is: ws, or both</source>
        <translation>je nach TLS: ws oder beides</translation>
    </message>
    <message>
        <source>ws:// alone</source>
        <translation>nur ws://</translation>
    </message>
    <message>
        <source>wss:// alone</source>
        <translation>nur wss://</translation>
    </message>
    <message>
        <source>ws:// and wss://</source>
        <translation>ws:// und wss://</translation>
    </message>
    <message>
        <source>listens, speaks ws://</source>
        <translation>lauscht, spricht ws://</translation>
    </message>
    <message>
        <source>listens, speaks wss://</source>
        <translation>lauscht, spricht wss://</translation>
    </message>
    <message>
        <source>listens, speaks ws:// and wss://</source>
        <translation>lauscht, spricht ws:// und wss://</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Add an address</source>
        <translation>Adresse hinzufügen</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>Wie es jetzt ist</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>It lasts until Jackfield closes. A project keeps it: File, Save project as.</source>
        <translation>Das gilt, bis Jackfield beendet wird. Ein Projekt behält es: Datei, Projekt speichern unter.</translation>
    </message>
    <message>
        <source>The project %1 keeps it when it is saved.</source>
        <translation>Das Projekt %1 behält es, wenn es gespeichert wird.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>This address stands there twice</source>
        <translation>Diese Adresse steht zweimal da</translation>
    </message>
    <message>
        <source>listens; will speak otherwise with Apply</source>
        <translation>lauscht; spricht mit Anwenden anders</translation>
    </message>
    <message>
        <source>does not listen: %1</source>
        <translation>lauscht nicht: %1</translation>
    </message>
    <message>
        <source>does not listen yet</source>
        <translation>lauscht noch nicht</translation>
    </message>
    <message>
        <source>; there is no certificate for wss:// yet</source>
        <translation>; für wss:// gibt es noch kein Zertifikat</translation>
    </message>
    <message>
        <source>Apply and start</source>
        <translation>Anwenden und starten</translation>
    </message>
    <message>
        <source>Listen beyond this machine</source>
        <translation>Über diesen Rechner hinaus lauschen</translation>
    </message>
    <message>
        <source>Listen on %1?</source>
        <translation>Auf %1 lauschen?</translation>
    </message>
    <message>
        <source>Other machines can then reach this one there. The host and origin lists still decide who gets a connection.</source>
        <translation>Andere Rechner können diesen dann dort erreichen. Die Host- und die Origin-Liste entscheiden weiterhin, wer eine Verbindung bekommt.</translation>
    </message>
    <message>
        <source>Listen there</source>
        <translation>Dort lauschen</translation>
    </message>
    <message>
        <source>Applied.</source>
        <translation>Angewendet.</translation>
    </message>
    <message>
        <source>Not listening: %1</source>
        <translation>Lauscht nicht: %1</translation>
    </message>
    <message>
        <source>Nothing listens by now. %1; and what was could not be put back: %2</source>
        <translation>Jetzt lauscht nichts. %1; und was vorher war, ließ sich nicht wiederherstellen: %2</translation>
    </message>
    <message>
        <source>All is as it was: %1</source>
        <translation>Alles ist, wie es war: %1</translation>
    </message>
    <message>
        <source>Address %1</source>
        <translation>Adresse %1</translation>
    </message>
    <message>
        <source>What %1 speaks</source>
        <translation>Was %1 spricht</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Whether %1 listens</source>
        <translation>Ob %1 lauscht</translation>
    </message>
    <message>
        <source>Where the server listens, for example 127.0.0.1:4567 or [::1]:4567. For every network of this machine: *:8080 over IPv4, [::]:8080 over IPv6. Connections that are open stay.</source>
        <translation>Wo der Server lauscht, zum Beispiel 127.0.0.1:4567 oder [::1]:4567. Für jedes Netz dieses Rechners: *:8080 über IPv4, [::]:8080 über IPv6. Offene Verbindungen bleiben.</translation>
    </message>
    <message>
        <source>A port needs an address before it: 127.0.0.1:%1 for this machine alone, *:%1 for every network</source>
        <translation>Vor einen Port gehört eine Adresse: 127.0.0.1:%1 nur für diesen Rechner, *:%1 für jedes Netz</translation>
    </message>
    <message>
        <source>The edits of the listeners are not applied.</source>
        <translation>Die Änderungen an den Adressen sind nicht angewendet.</translation>
    </message>
    <message>
        <source>Closing loses them.</source>
        <translation>Beim Schließen gehen sie verloren.</translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::MainWindow</name>
    <message>
        <source>Jackfield</source>
        <translation>Jackfield</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Nicht mehr folgen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugang</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>What stands in the composer cannot be sent, so it cannot be kept</source>
        <translation>Was im Eingabefeld steht, lässt sich nicht senden und darum nicht aufheben</translation>
    </message>
    <message>
        <source>No template has the key Ctrl+%1</source>
        <translation>Keine Vorlage hat die Taste Strg+%1</translation>
    </message>
    <message>
        <source>%1, followed</source>
        <translation>%1, gefolgt</translation>
    </message>
    <message numerus="yes">
        <source>%1 connections</source>
        <translation>
            <numerusform>%1 Verbindung</numerusform>
            <numerusform>%1 Verbindungen</numerusform>
        </translation>
    </message>
    <message>
        <source>all connections</source>
        <translation>alle Verbindungen</translation>
    </message>
    <message>
        <source>all that pass the filter</source>
        <translation>alle, die zum Filter passen</translation>
    </message>
    <message numerus="yes">
        <source>has %1 open connections. Which one do you mean?</source>
        <translation>
            <numerusform>hat %1 offene Verbindung. Welche meinen Sie?</numerusform>
            <numerusform>hat %1 offene Verbindungen. Welche meinen Sie?</numerusform>
        </translation>
    </message>
    <message>
        <source>Follow #%1</source>
        <translation>#%1 folgen</translation>
    </message>
    <message>
        <source>Open recording</source>
        <translation>Mitschnitt öffnen</translation>
    </message>
    <message>
        <source>Recordings (*.har *.jsonl *.ndjson *.json)</source>
        <translation>Mitschnitte (*.har *.jsonl *.ndjson *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The content of that message was not kept</source>
        <translation>Der Inhalt dieser Nachricht wurde nicht behalten</translation>
    </message>
    <message>
        <source>Delete capture</source>
        <translation>Aufzeichnung löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete all %1 messages that are kept?</source>
        <translation>
            <numerusform>Die eine aufgezeichnete Nachricht (%1) löschen?</numerusform>
            <numerusform>Alle %1 aufgezeichneten Nachrichten löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>This cannot be undone. Connections are not affected.</source>
        <translation>Das lässt sich nicht rückgängig machen. Verbindungen sind nicht betroffen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>&amp;Connection</source>
        <translation>&amp;Verbindung</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stoppen</translation>
    </message>
    <message>
        <source>&amp;Copy address</source>
        <translation>&amp;Adresse kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;new WebSocket(&quot;...&quot;)</source>
        <translation>&amp;new WebSocket(&quot;...&quot;) kopieren</translation>
    </message>
    <message>
        <source>Open &amp;test page</source>
        <translation>&amp;Testseite öffnen</translation>
    </message>
    <message>
        <source>Use from a &amp;phone...</source>
        <translation>Vom Tele&amp;fon nutzen...</translation>
    </message>
    <message>
        <source>&amp;Export messages...</source>
        <translation>Nachrichten &amp;exportieren...</translation>
    </message>
    <message>
        <source>Open &amp;recording...</source>
        <translation>&amp;Mitschnitt öffnen...</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Nachricht</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Edit in composer</source>
        <translation>Im &amp;Eingabefeld bearbeiten</translation>
    </message>
    <message>
        <source>C&amp;ompose</source>
        <translation>Ver&amp;fassen</translation>
    </message>
    <message>
        <source>&amp;Templates</source>
        <translation>&amp;Vorlagen</translation>
    </message>
    <message>
        <source>&amp;Send a file...</source>
        <translation>&amp;Datei senden...</translation>
    </message>
    <message>
        <source>Repe&amp;at...</source>
        <translation>&amp;Wiederholen...</translation>
    </message>
    <message>
        <source>&amp;Filter messages</source>
        <translation>Nachrichten fi&amp;ltern</translation>
    </message>
    <message>
        <source>F&amp;ind in messages</source>
        <translation>In Nachrichten &amp;suchen</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>&amp;Nächster Treffer</translation>
    </message>
    <message>
        <source>Find &amp;previous</source>
        <translation>V&amp;origer Treffer</translation>
    </message>
    <message>
        <source>C&amp;lear up to now</source>
        <translation>&amp;Bis hierher ausblenden</translation>
    </message>
    <message>
        <source>&amp;Undo clear</source>
        <translation>A&amp;usblenden rückgängig</translation>
    </message>
    <message>
        <source>&amp;Delete capture...</source>
        <translation>&amp;Aufzeichnung löschen...</translation>
    </message>
    <message>
        <source>&amp;Access</source>
        <translation>&amp;Zugang</translation>
    </message>
    <message>
        <source>&amp;Hosts and origins</source>
        <translation>&amp;Hosts und Origins</translation>
    </message>
    <message>
        <source>&amp;Try it</source>
        <translation>Aus&amp;probieren</translation>
    </message>
    <message>
        <source>&amp;Refused attempts</source>
        <translation>&amp;Abgewiesene Versuche</translation>
    </message>
    <message>
        <source>Refuse clients &amp;without an origin</source>
        <translation>Clients ohne &amp;Origin abweisen</translation>
    </message>
    <message>
        <source>Serve browsers &amp;older than RFC 6455</source>
        <translation>Browser von &amp;vor RFC 6455 bedienen</translation>
    </message>
    <message>
        <source>&amp;Close what the lists would refuse</source>
        <translation>&amp;Schließen, was die Listen abweisen würden</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Filter connections</source>
        <translation>Verbindungen &amp;filtern</translation>
    </message>
    <message>
        <source>Connection &amp;columns</source>
        <translation>S&amp;palten der Verbindungen</translation>
    </message>
    <message>
        <source>&amp;Side panel</source>
        <translation>&amp;Seitenleiste</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>C&amp;ommand history</source>
        <translation>&amp;Befehlsverlauf</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>E&amp;rscheinungsbild</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>Spra&amp;che</translation>
    </message>
    <message>
        <source>The language changes when Jackfield is started the next time.</source>
        <translation>Die Sprache wechselt, wenn Jackfield das nächste Mal startet.</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>The page says it &amp;failed? See why</source>
        <translation>&amp;Die Seite meldet einen Fehler? Zur Ursache</translation>
    </message>
    <message>
        <source>&amp;About Jackfield</source>
        <translation>&amp;Über Jackfield</translation>
    </message>
    <message>
        <source>Connection table</source>
        <translation>Verbindungstabelle</translation>
    </message>
    <message>
        <source>Message table</source>
        <translation>Nachrichtentabelle</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>Eingabefeld</translation>
    </message>
    <message>
        <source>Command history</source>
        <translation>Befehlsverlauf</translation>
    </message>
    <message>
        <source>Use the template with this key</source>
        <translation>Die Vorlage mit dieser Taste nehmen</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>E&amp;ndpoints</source>
        <translation>En&amp;dpunkte</translation>
    </message>
    <message>
        <source>%1[*] - Jackfield</source>
        <translation>%1[*] - Jackfield</translation>
    </message>
    <message>
        <source>Kept in the project %1 and written when it is saved.</source>
        <translation>Steht im Projekt %1 und wird mit ihm gespeichert.</translation>
    </message>
    <message>
        <source>Copy ro&amp;w</source>
        <translation>&amp;Zeile kopieren</translation>
    </message>
    <message>
        <source>&amp;Resend</source>
        <translation>E&amp;rneut senden</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>&amp;Listeners...</source>
        <translation>&amp;Adressen...</translation>
    </message>
    <message>
        <source>&amp;Certificate and trust...</source>
        <translation>&amp;Zertifikat und Vertrauen...</translation>
    </message>
    <message>
        <source>Copy &amp;wss:// address</source>
        <translation>&amp;wss://-Adresse kopieren</translation>
    </message>
    <message>
        <source>Open test page with &amp;https://</source>
        <translation>Testseite mit &amp;https:// öffnen</translation>
    </message>
    <message>
        <source>Of several selected messages the current one, which was clicked last</source>
        <translation>Von mehreren ausgewählten Nachrichten die aktuelle, die zuletzt angeklickt wurde</translation>
    </message>
    <message>
        <source>&amp;Benchmark...</source>
        <translation>&amp;Benchmark...</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::MessageDetail</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the whole payload</source>
        <translation>Die ganzen Nutzdaten kopieren</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Frames</translation>
    </message>
    <message>
        <source>%1; no longer kept in the list</source>
        <translation>%1; nicht mehr in der Liste</translation>
    </message>
    <message>
        <source>Nothing was copied: the clipboard cannot hold this as text (it has a NUL or is not UTF-8).</source>
        <translation>Nichts wurde kopiert: die Zwischenablage kann das nicht als Text fassen (es enthält ein NUL oder ist kein UTF-8).</translation>
    </message>
    <message>
        <source>Copy as hex</source>
        <translation>Als Hex kopieren</translation>
    </message>
    <message>
        <source>Copy as base64</source>
        <translation>Als base64 kopieren</translation>
    </message>
    <message>
        <source>Close code %1. The text is the reason, in the words of whoever closed.</source>
        <translation>Schließcode %1. Der Text ist der Grund, in den Worten dessen, der schloss.</translation>
    </message>
    <message>
        <source>Close code %1, without a reason.</source>
        <translation>Schließcode %1, ohne Grund.</translation>
    </message>
    <message>
        <source>Without a code: the page sees 1005.</source>
        <translation>Ohne Code: die Seite sieht 1005.</translation>
    </message>
    <message>
        <source>The content (%1) was not captured: only headers were.</source>
        <translation>Der Inhalt (%1) wurde nicht aufgezeichnet: nur Header.</translation>
    </message>
    <message>
        <source>The content (%1) was too large to be kept.</source>
        <translation>Der Inhalt (%1) war zu groß, um behalten zu werden.</translation>
    </message>
    <message>
        <source>Text shows the first %1 of %2; Hex and Copy have all of it.</source>
        <translation>Text zeigt die ersten %1 von %2; Hex und Kopieren haben alles.</translation>
    </message>
    <message numerus="yes">
        <source>%1 bytes are not UTF-8 and show as � (at %2); Hex has the bytes.</source>
        <translation>
            <numerusform>%1 Byte ist kein UTF-8 und erscheint als � (bei %2); Hex hat das Byte.</numerusform>
            <numerusform>%1 Bytes sind kein UTF-8 und erscheinen als � (bei %2); Hex hat die Bytes.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>%1, %2 on the wire, %3</source>
        <translation>%1, %2 übertragen, %3</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>1 Frame</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Frames</translation>
    </message>
    <message>
        <source>, compressed to %1 (%2 %)</source>
        <translation>, komprimiert auf %1 (%2 %)</translation>
    </message>
    <message>
        <source>This message is no longer kept: newer ones took its place.</source>
        <translation>Diese Nachricht ist nicht mehr da: neuere nahmen ihren Platz.</translation>
    </message>
    <message>
        <source>Select a message to see it here.</source>
        <translation>Wählen Sie eine Nachricht, um sie hier zu sehen.</translation>
    </message>
    <message>
        <source>Shown as text: it is no valid JSON from line %1, column %2 on.</source>
        <translation>Als Text gezeigt: ab Zeile %1, Spalte %2 kein gültiges JSON.</translation>
    </message>
    <message>
        <source>Shown as text: larger than 1 MiB.</source>
        <translation>Als Text gezeigt: größer als 1 MiB.</translation>
    </message>
    <message>
        <source>Shown as text: nested more than 256 deep.</source>
        <translation>Als Text gezeigt: mehr als 256 Ebenen tief.</translation>
    </message>
    <message>
        <source>Shown as text: it takes too long to read as JSON.</source>
        <translation>Als Text gezeigt: Es als JSON zu lesen dauert zu lange.</translation>
    </message>
    <message>
        <source>This message is no JSON object or array.</source>
        <translation>Diese Nachricht ist kein Objekt und keine Liste in JSON.</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Base64</source>
        <translation>Base64</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::MessageModel</name>
    <message>
        <source>%1, made by %2</source>
        <translation>%1, Urheber: %2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>Time since the message before</source>
        <translation>Zeit seit der vorigen Nachricht</translation>
    </message>
    <message>
        <source>Seconds since the message before</source>
        <translation>Sekunden seit der vorigen Nachricht</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 on the wire, %3 frame(s)</source>
        <translation>
            <numerusform>%1, %2 auf der Leitung, %3 Frame</numerusform>
            <numerusform>%1, %2 auf der Leitung, %3 Frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::MessageStore</name>
    <message>
        <source>1 message passed while nothing was captured</source>
        <translation>1 Nachricht lief durch, während nichts aufgezeichnet wurde</translation>
    </message>
    <message>
        <source>%1 messages passed while nothing was captured</source>
        <translation>%1 Nachrichten liefen durch, während nichts aufgezeichnet wurde</translation>
    </message>
    <message>
        <source>1 message passed too fast to be kept</source>
        <translation>1 Nachricht kam zu schnell, um behalten zu werden</translation>
    </message>
    <message>
        <source>%1 messages passed too fast to be kept</source>
        <translation>%1 Nachrichten kamen zu schnell, um behalten zu werden</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::MessagesPanel</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>⊘ Clear</source>
        <translation>⊘ Leeren</translation>
    </message>
    <message>
        <source>Hide the messages up to now (they can be shown again)</source>
        <translation>Die Nachrichten bis hierher ausblenden (sie lassen sich wieder zeigen)</translation>
    </message>
    <message>
        <source>Hold this view still; messages are still kept</source>
        <translation>Diese Ansicht anhalten; Nachrichten werden weiter aufgezeichnet</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>Write messages to a file: HAR, JSON Lines, CSV or text</source>
        <translation>Nachrichten in eine Datei schreiben: HAR, JSON Lines, CSV oder Text</translation>
    </message>
    <message>
        <source>Filter, e.g. &quot;type&quot;:&quot;ack&quot;</source>
        <translation>Filter, z. B. &quot;type&quot;:&quot;ack&quot;</translation>
    </message>
    <message>
        <source>Words, &quot;quoted text&quot;, /expressions/, -not, a | b, dir:from, op:text, conn:3, by:hand, size&gt;1000</source>
        <translation>Wörter, &quot;zitierter Text&quot;, /Ausdrücke/, -nicht, a | b, dir:from, op:text, conn:3, by:hand, size&gt;1000</translation>
    </message>
    <message>
        <source>all connections</source>
        <translation>alle Verbindungen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>From browser</source>
        <translation>Vom Browser</translation>
    </message>
    <message>
        <source>To browser</source>
        <translation>Zum Browser</translation>
    </message>
    <message>
        <source>Show ping and pong frames</source>
        <translation>Ping- und Pong-Frames zeigen</translation>
    </message>
    <message>
        <source>The messages up to now are hidden.</source>
        <translation>Die Nachrichten bis hierher sind ausgeblendet.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>❚❚ Pause</source>
        <translation>❚❚ Pause</translation>
    </message>
    <message>
        <source>▶ Resume</source>
        <translation>▶ Weiter</translation>
    </message>
    <message>
        <source>▶ Resume (%1)</source>
        <translation>▶ Weiter (%1)</translation>
    </message>
    <message>
        <source>No messages yet.</source>
        <translation>Noch keine Nachrichten.</translation>
    </message>
    <message>
        <source>No message passes the filter.</source>
        <translation>Keine Nachricht passt zum Filter.</translation>
    </message>
    <message>
        <source>No messages since they were cleared.</source>
        <translation>Keine Nachrichten seit dem Leeren.</translation>
    </message>
    <message>
        <source>No messages on the connections that are shown.</source>
        <translation>Keine Nachrichten auf den gezeigten Verbindungen.</translation>
    </message>
    <message>
        <source>The content of this message was not kept, so it cannot be copied.</source>
        <translation>Der Inhalt dieser Nachricht wurde nicht behalten und lässt sich nicht kopieren.</translation>
    </message>
    <message>
        <source>The content of %1 of the selected messages was not kept, so they cannot be copied.</source>
        <translation>Der Inhalt von %1 der ausgewählten Nachrichten wurde nicht behalten und lässt sich nicht kopieren.</translation>
    </message>
    <message>
        <source>Nothing was copied: the clipboard cannot hold this message as text (it has a NUL or is not UTF-8).</source>
        <translation>Nichts wurde kopiert: die Zwischenablage kann diese Nachricht nicht als Text fassen (sie enthält ein NUL oder ist kein UTF-8).</translation>
    </message>
    <message>
        <source>Nothing was copied: the clipboard cannot hold %1 of the %2 messages as text (they have a NUL or are not UTF-8).</source>
        <translation>Nichts wurde kopiert: die Zwischenablage kann %1 der %2 Nachrichten nicht als Text fassen (sie enthalten ein NUL oder sind kein UTF-8).</translation>
    </message>
    <message>
        <source>Copy as hex</source>
        <translation>Als Hex kopieren</translation>
    </message>
    <message>
        <source>Copy as base64</source>
        <translation>Als base64 kopieren</translation>
    </message>
    <message>
        <source>Sent again to %1.</source>
        <translation>Erneut an %1 gesendet.</translation>
    </message>
    <message>
        <source>Not sent again to %1: %2</source>
        <translation>Nicht erneut an %1 gesendet: %2</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>Edit in composer</source>
        <translation>Im Eingabefeld bearbeiten</translation>
    </message>
    <message>
        <source>Save as template</source>
        <translation>Als Vorlage speichern</translation>
    </message>
    <message>
        <source>Resend to #%1</source>
        <translation>Erneut an #%1 senden</translation>
    </message>
    <message>
        <source>Resend</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Filter like this</source>
        <translation>So filtern</translation>
    </message>
    <message>
        <source>Connection #%1</source>
        <translation>Verbindung #%1</translation>
    </message>
    <message>
        <source>The same content</source>
        <translation>Derselbe Inhalt</translation>
    </message>
    <message>
        <source>Copy the payload</source>
        <translation>Nutzdaten kopieren</translation>
    </message>
    <message>
        <source>The filter hides messages like this.</source>
        <translation>Der Filter blendet solche Nachrichten aus.</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Als Befehl kopieren</translation>
    </message>
    <message>
        <source>Save payload as file…</source>
        <translation>Nutzdaten als Datei speichern…</translation>
    </message>
    <message>
        <source>Hide messages like this</source>
        <translation>Solche Nachrichten ausblenden</translation>
    </message>
    <message>
        <source>%1 is closed. Press Ctrl+E to edit the message and choose another target.</source>
        <translation>%1 ist geschlossen. Mit Strg+E bearbeiten und ein anderes Ziel wählen.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::OwnCertificateDialog</name>
    <message>
        <source>Own certificate and key</source>
        <translation>Eigenes Zertifikat und Schlüssel</translation>
    </message>
    <message>
        <source>Empty: the same file</source>
        <translation>Leer: dieselbe Datei</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>Wählen...</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Use this certificate</source>
        <translation>Dieses Zertifikat verwenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>PEM files: the server&apos;s certificate with its issuers behind it, and its key, which only you may read (chmod 600). Files that are replaced while they serve are taken over. The passphrase is kept in memory only.</source>
        <translation>PEM-Dateien: das Zertifikat des Servers, dahinter die seiner Aussteller, und sein Schlüssel, den nur Sie lesen dürfen (chmod 600). Dateien, die währenddessen ersetzt werden, werden übernommen. Die Passphrase bleibt nur im Speicher.</translation>
    </message>
    <message>
        <source>Choose the certificate</source>
        <translation>Zertifikat wählen</translation>
    </message>
    <message>
        <source>Choose the key</source>
        <translation>Schlüssel wählen</translation>
    </message>
    <message>
        <source>PEM files (*.pem *.crt *.cer *.key)</source>
        <translation>PEM-Dateien (*.pem *.crt *.cer *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The key is encrypted: its passphrase is needed.</source>
        <translation>Der Schlüssel ist verschlüsselt: Seine Passphrase wird gebraucht.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::PayloadEditor</name>
    <message>
        <source>mixed line ends</source>
        <translation>gemischte Zeilenenden</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::PayloadView</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::PhoneDialog</name>
    <message>
        <source>Use from a phone</source>
        <translation>Vom Telefon nutzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>A phone or another computer reaches Jackfield through a network of this machine. Choose the one that it is on.</source>
        <translation>Ein Telefon oder ein anderer Rechner erreicht Jackfield über ein Netzwerk dieses Rechners. Wählen Sie das, in dem es sich befindet.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Add to the lists</source>
        <translation>In die Listen aufnehmen</translation>
    </message>
    <message>
        <source>Stop listening there</source>
        <translation>Dort nicht mehr lauschen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Jackfield listens there. On the phone, connect to</source>
        <translation>Jackfield lauscht dort. Verbinden Sie sich auf dem Telefon mit</translation>
    </message>
    <message>
        <source>It will be refused until the lists know this address. A page that your development server serves to the phone has this address as its origin.</source>
        <translation>Es wird abgewiesen, bis die Listen diese Adresse kennen. Eine Seite, die Ihr Entwicklungsserver dem Telefon liefert, hat diese Adresse als Origin.</translation>
    </message>
    <message>
        <source>Added. Reload the page on the phone.</source>
        <translation>Aufgenommen. Laden Sie die Seite auf dem Telefon neu.</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>address on interface</comment>
        <translation>%1 an %2</translation>
    </message>
    <message>
        <source>This machine has no network that another one could reach it through. Connect it to the phone&apos;s wireless network and open this again.</source>
        <translation>Dieser Rechner hat kein Netzwerk, über das ein anderer ihn erreichen könnte. Verbinden Sie ihn mit dem WLAN des Telefons und öffnen Sie dies erneut.</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Lauschen</translation>
    </message>
    <message>
        <source>Listen on %1:%2</source>
        <translation>Auf %1:%2 lauschen</translation>
    </message>
    <message>
        <source>Answer to the name %1</source>
        <translation>Auf den Namen %1 antworten</translation>
    </message>
    <message>
        <source>Let pages from http(s)://%1 connect</source>
        <translation>Seiten von http(s)://%1 dürfen sich verbinden</translation>
    </message>
    <message>
        <source>The phone has to trust the certificate: export the authority in Certificate and trust, and install it there.</source>
        <translation>Das Telefon muss dem Zertifikat vertrauen: Exportieren Sie die Zertifizierungsstelle in „Zertifikat und Vertrauen“ und installieren Sie sie dort.</translation>
    </message>
    <message>
        <source>The certificate is not for %1 yet: add it with Renew or change names, in Certificate and trust, and install the authority on the phone.</source>
        <translation>Das Zertifikat ist noch nicht für %1: Fügen Sie es mit „Erneuern oder Namen ändern“ in „Zertifikat und Vertrauen“ hinzu, und installieren Sie die Zertifizierungsstelle auf dem Telefon.</translation>
    </message>
    <message>
        <source>Everyone on that network can then reach port %1 of this machine. The host and origin lists still decide who gets a connection. It lasts until you stop it, a project is opened or closed, or Jackfield closes.</source>
        <translation>Alle in diesem Netzwerk erreichen dann Port %1 dieses Rechners. Die Host- und Origin-Listen bestimmen weiter, wer eine Verbindung bekommt. Das gilt, bis Sie es beenden, ein Projekt geöffnet oder geschlossen wird oder Jackfield endet.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::Phrases</name>
    <message>
        <source>&quot;%1&quot; is no address to use: %2; write it like 127.0.0.1:4567, [::1]:4567, localhost:4567 or *:4567</source>
        <translation>„%1“ ist als Adresse nicht zu gebrauchen: %2; schreiben Sie etwas wie 127.0.0.1:4567, [::1]:4567, localhost:4567 oder *:4567</translation>
    </message>
    <message>
        <source>the closing bracket is missing</source>
        <translation>die schließende Klammer fehlt</translation>
    </message>
    <message>
        <source>only a colon and a port may follow the closing bracket</source>
        <translation>hinter der schließenden Klammer dürfen nur ein Doppelpunkt und ein Port stehen</translation>
    </message>
    <message>
        <source>the port is no number from 0 to 65535</source>
        <translation>der Port ist keine Zahl von 0 bis 65535</translation>
    </message>
    <message>
        <source>the address is missing</source>
        <translation>die Adresse fehlt</translation>
    </message>
    <message>
        <source>a port needs an address before it</source>
        <translation>vor einen Port gehört eine Adresse</translation>
    </message>
    <message>
        <source>names are not looked up</source>
        <translation>Namen werden nicht aufgelöst</translation>
    </message>
    <message>
        <source>what follows the % names no network interface of this machine</source>
        <translation>was hinter dem % steht, ist keine Netzwerkschnittstelle dieses Rechners</translation>
    </message>
    <message>
        <source>this is no IPv6 address</source>
        <translation>das ist keine IPv6-Adresse</translation>
    </message>
    <message>
        <source>another program listens on %1</source>
        <translation>ein anderes Programm lauscht auf %1</translation>
    </message>
    <message>
        <source>ports below 1024 need privileges: %1; choose a higher one</source>
        <translation>Ports unter 1024 brauchen besondere Rechte: %1; wählen Sie einen höheren</translation>
    </message>
    <message>
        <source>the system does not allow listening on %1</source>
        <translation>das System erlaubt nicht, auf %1 zu lauschen</translation>
    </message>
    <message>
        <source>this machine has no address %1</source>
        <translation>dieser Rechner hat keine Adresse %1</translation>
    </message>
    <message>
        <source>could not listen on %1</source>
        <translation>auf %1 ließ sich nicht lauschen</translation>
    </message>
    <message>
        <source>no address to listen on was given</source>
        <translation>es wurde keine Adresse zum Lauschen angegeben</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: %2</source>
        <translation>„%1“: %2</translation>
    </message>
    <message>
        <source>the name is missing; %1</source>
        <translation>der Name fehlt; %1</translation>
    </message>
    <message>
        <source>the entry is empty; %1</source>
        <translation>der Eintrag ist leer; %1</translation>
    </message>
    <message>
        <source>this is no name or address; %1</source>
        <translation>das ist kein Name und keine Adresse; %1</translation>
    </message>
    <message>
        <source>write a name or address such as localhost, 192.168.1.20:4567 or *.example.test</source>
        <translation>schreiben Sie einen Namen oder eine Adresse wie localhost, 192.168.1.20:4567 oder *.example.test</translation>
    </message>
    <message>
        <source>write an origin such as http://localhost:5173 or https://*.example.test</source>
        <translation>schreiben Sie einen Origin wie http://localhost:5173 oder https://*.example.test</translation>
    </message>
    <message>
        <source>it has letters outside of ASCII, which may only look like the ones you mean; write the name as the browser sends it (xn--...)</source>
        <translation>er enthält Buchstaben außerhalb von ASCII, die nur so aussehen können wie die gemeinten; schreiben Sie den Namen, wie der Browser ihn sendet (xn--...)</translation>
    </message>
    <message>
        <source>an entry has no blanks inside; write one entry a line</source>
        <translation>in einem Eintrag stehen keine Leerzeichen; schreiben Sie einen Eintrag je Zeile</translation>
    </message>
    <message>
        <source>leave out the user name and the @</source>
        <translation>lassen Sie den Benutzernamen und das @ weg</translation>
    </message>
    <message>
        <source>leave out the path; only the name and the port count</source>
        <translation>lassen Sie den Pfad weg; nur Name und Port zählen</translation>
    </message>
    <message>
        <source>a * stands alone or at the start, in front of a dot and a name, as in *.example.test</source>
        <translation>ein * steht allein oder am Anfang, vor einem Punkt und einem Namen, wie in *.example.test</translation>
    </message>
    <message>
        <source>an IPv6 address is written in brackets, as in [::1]:4567</source>
        <translation>eine IPv6-Adresse steht in Klammern, wie in [::1]:4567</translation>
    </message>
    <message>
        <source>the port is no number from 1 to 65535</source>
        <translation>der Port ist keine Zahl von 1 bis 65535</translation>
    </message>
    <message>
        <source>it is longer than any name can be</source>
        <translation>er ist länger, als ein Name sein kann</translation>
    </message>
    <message>
        <source>it has an empty part between dots</source>
        <translation>zwischen zwei Punkten steht nichts</translation>
    </message>
    <message>
        <source>an IPv4 address is written as four decimal numbers, as in 192.168.1.20</source>
        <translation>eine IPv4-Adresse besteht aus vier Dezimalzahlen, wie in 192.168.1.20</translation>
    </message>
    <message>
        <source>only names have a suffix; write the address alone</source>
        <translation>nur Namen haben eine Endung; schreiben Sie die Adresse allein</translation>
    </message>
    <message>
        <source>it has a control character inside</source>
        <translation>er enthält ein Steuerzeichen</translation>
    </message>
    <message>
        <source>a host has no scheme in front; write only the name, such as localhost</source>
        <translation>vor einem Host steht kein Schema; schreiben Sie nur den Namen, etwa localhost</translation>
    </message>
    <message>
        <source>list the page&apos;s own address, which begins with http:// or https://</source>
        <translation>tragen Sie die Adresse der Seite selbst ein, die mit http:// oder https:// beginnt</translation>
    </message>
    <message>
        <source>pages without an origin can only be let in for a time, as in &quot;allow origin null for 15m&quot;, since any web site can pose as one</source>
        <translation>Seiten ohne Origin lassen sich nur für eine Weile hereinlassen, wie mit &quot;allow origin null for 15m&quot;, denn jede Website kann sich als eine ausgeben</translation>
    </message>
    <message>
        <source>pages without an origin are only let in for a time, never by a file, since any web site can pose as one</source>
        <translation>Seiten ohne Origin werden nur für eine Weile hereingelassen, nie durch eine Datei, denn jede Website kann sich als eine ausgeben</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not on the host list</source>
        <translation>„%1“ steht nicht auf der Host-Liste</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not on the origin list</source>
        <translation>„%1“ steht nicht auf der Origin-Liste</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address; write one such as 192.168.1.20 or ::1</source>
        <translation>„%1“ ist keine Adresse; schreiben Sie eine wie 192.168.1.20 oder ::1</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2. Only this machine&apos;s own names are allowed until it is repaired</source>
        <translation>%1 ist nicht zu gebrauchen: %2. Bis sie repariert ist, gelten nur die eigenen Namen dieses Rechners</translation>
    </message>
    <message>
        <source>it is larger than 1 MiB</source>
        <translation>sie ist größer als 1 MiB</translation>
    </message>
    <message>
        <source>it is not a text file in UTF-8</source>
        <translation>sie ist keine Textdatei in UTF-8</translation>
    </message>
    <message>
        <source>it has more than 10,000 lines</source>
        <translation>sie hat mehr als 10.000 Zeilen</translation>
    </message>
    <message>
        <source>it has no valid entry</source>
        <translation>sie hat keinen gültigen Eintrag</translation>
    </message>
    <message>
        <source>%1 line %2 is left out: %3</source>
        <translation>%1, Zeile %2 bleibt weg: %3</translation>
    </message>
    <message>
        <source>%1 line %2 (%3) opens the list widely and has no effect until you confirm it</source>
        <translation>%1, Zeile %2 (%3) öffnet die Liste weit und wirkt erst, wenn Sie sie bestätigen</translation>
    </message>
    <message>
        <source>%1: %2 more lines are left out</source>
        <translation>%1: %2 weitere Zeilen bleiben weg</translation>
    </message>
    <message>
        <source>%1 says that it has %2 entries; it has %3, and all of them were read</source>
        <translation>%1 nennt %2 Einträge; sie hat %3, und alle wurden gelesen</translation>
    </message>
    <message>
        <source>Every user of this machine can change %1 and so decide who may connect; run: chmod o-w %2</source>
        <translation>Jeder Benutzer dieses Rechners kann %1 ändern und damit bestimmen, wer sich verbinden darf; führen Sie aus: chmod o-w %2</translation>
    </message>
    <message>
        <source>an endpoint&apos;s path begins with / and has a * at its end at most: %1</source>
        <translation>der Pfad eines Endpunkts beginnt mit / und hat höchstens am Ende ein *: %1</translation>
    </message>
    <message>
        <source>there is no behaviour &quot;%1&quot;; there are %2</source>
        <translation>es gibt keine Antwortweise „%1“; es gibt %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be a subprotocol&apos;s name</source>
        <translation>„%1“ kann kein Subprotokoll heißen</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot stand in a certificate: %2</source>
        <translation>„%1“ kann nicht in einem Zertifikat stehen: %2</translation>
    </message>
    <message>
        <source>a name or an address is missing</source>
        <translation>ein Name oder eine Adresse fehlt</translation>
    </message>
    <message>
        <source>it has a NUL</source>
        <translation>er enthält ein NUL</translation>
    </message>
    <message>
        <source>it stands for all addresses of this machine where a server listens; add the one that pages connect to</source>
        <translation>das steht für alle Adressen dieses Rechners, auf denen ein Server lauscht; fügen Sie die hinzu, mit der Seiten sich verbinden</translation>
    </message>
    <message>
        <source>only the name is wanted, without the scheme and what follows the name</source>
        <translation>gebraucht wird nur der Name, ohne das Schema und ohne das, was dem Namen folgt</translation>
    </message>
    <message>
        <source>a name beyond ASCII is given in its ASCII form, which begins with xn-- and which browsers send</source>
        <translation>ein Name jenseits von ASCII steht hier in seiner ASCII-Form, die mit xn-- beginnt und die Browser senden</translation>
    </message>
    <message>
        <source>an address is given without its zone, which is behind the %</source>
        <translation>eine Adresse steht hier ohne ihre Zone, die hinter dem % steht</translation>
    </message>
    <message>
        <source>a single name or address is wanted, without a path and without a network&apos;s size</source>
        <translation>gebraucht wird ein einzelner Name oder eine einzelne Adresse, ohne Pfad und ohne die Größe eines Netzes</translation>
    </message>
    <message>
        <source>an IPv6 address is given without brackets and without a port</source>
        <translation>eine IPv6-Adresse steht hier ohne Klammern und ohne Port</translation>
    </message>
    <message>
        <source>the port is no part of a certificate: leave it out</source>
        <translation>der Port gehört nicht in ein Zertifikat: lassen Sie ihn weg</translation>
    </message>
    <message>
        <source>it is no IPv6 address</source>
        <translation>das ist keine IPv6-Adresse</translation>
    </message>
    <message>
        <source>one name at a time, without blanks and commas</source>
        <translation>immer nur ein Name, ohne Leerzeichen und Kommas</translation>
    </message>
    <message>
        <source>there is nothing between two dots, or before the first</source>
        <translation>zwischen zwei Punkten oder vor dem ersten steht nichts</translation>
    </message>
    <message>
        <source>a part between two dots has more than 63 characters</source>
        <translation>ein Teil zwischen zwei Punkten hat mehr als 63 Zeichen</translation>
    </message>
    <message>
        <source>no part of a name begins or ends with a hyphen</source>
        <translation>kein Teil eines Namens beginnt oder endet mit einem Bindestrich</translation>
    </message>
    <message>
        <source>a * stands only at the front, alone, for one whole part: *.app.test</source>
        <translation>ein * steht nur vorn, allein, für einen ganzen Teil: *.app.test</translation>
    </message>
    <message>
        <source>names are made of letters, digits, hyphens and dots</source>
        <translation>Namen bestehen aus Buchstaben, Ziffern, Bindestrichen und Punkten</translation>
    </message>
    <message>
        <source>it has more than 253 characters</source>
        <translation>er hat mehr als 253 Zeichen</translation>
    </message>
    <message>
        <source>it is given without the dot at its end</source>
        <translation>er steht hier ohne den Punkt am Ende</translation>
    </message>
    <message>
        <source>a number alone is no name</source>
        <translation>eine Zahl allein ist kein Name</translation>
    </message>
    <message>
        <source>it is no IPv4 address, and no name ends in a number</source>
        <translation>das ist keine IPv4-Adresse, und kein Name endet mit einer Zahl</translation>
    </message>
    <message>
        <source>browsers take a * only before two parts or more, as in *.app.test: add each name by itself</source>
        <translation>Browser nehmen ein * nur vor zwei oder mehr Teilen, wie in *.app.test: fügen Sie jeden Namen einzeln hinzu</translation>
    </message>
    <message>
        <source>a development certificate is for %1 added names at most</source>
        <translation>ein Entwicklungszertifikat ist für höchstens %1 hinzugefügte Namen</translation>
    </message>
    <message>
        <source>the present development certificate is not for %1: that takes a new one, whose authority has to be trusted anew (a renewal)</source>
        <translation>das jetzige Entwicklungszertifikat ist nicht für %1: dazu braucht es ein neues, dessen Zertifizierungsstelle neu zu vertrauen ist (eine Erneuerung)</translation>
    </message>
    <message>
        <source>the certificate file cannot be used: %1</source>
        <translation>die Datei mit dem Zertifikat ist nicht zu gebrauchen: %1</translation>
    </message>
    <message>
        <source>the key file cannot be used: %1</source>
        <translation>die Datei mit dem Schlüssel ist nicht zu gebrauchen: %1</translation>
    </message>
    <message>
        <source>it is larger than 1 MiB, and no certificate or key is</source>
        <translation>sie ist größer als 1 MiB, und das ist kein Zertifikat und kein Schlüssel</translation>
    </message>
    <message>
        <source>it has more than 200 PEM blocks</source>
        <translation>sie hat mehr als 200 PEM-Blöcke</translation>
    </message>
    <message>
        <source>PEM block %1 is damaged or cut off (OpenSSL: %2)</source>
        <translation>PEM-Block %1 ist beschädigt oder abgeschnitten (OpenSSL: %2)</translation>
    </message>
    <message>
        <source>PEM block %1 of the certificate file is no certificate</source>
        <translation>PEM-Block %1 der Datei mit dem Zertifikat ist kein Zertifikat</translation>
    </message>
    <message>
        <source>PEM block %1 is no certificate</source>
        <translation>PEM-Block %1 ist kein Zertifikat</translation>
    </message>
    <message>
        <source>there is no certificate in it</source>
        <translation>es ist kein Zertifikat darin</translation>
    </message>
    <message>
        <source>cannot make a development certificate (OpenSSL: %1)</source>
        <translation>ein Entwicklungszertifikat ließ sich nicht machen (OpenSSL: %1)</translation>
    </message>
    <message>
        <source>the file holds a private key where the certificate is expected: choose the file with BEGIN CERTIFICATE in it</source>
        <translation>die Datei enthält einen privaten Schlüssel, wo das Zertifikat erwartet wird: wählen Sie die Datei mit BEGIN CERTIFICATE darin</translation>
    </message>
    <message>
        <source>the file holds a signing request, which an authority makes a certificate of</source>
        <translation>die Datei enthält einen Signierungsantrag, aus dem eine Zertifizierungsstelle ein Zertifikat macht</translation>
    </message>
    <message>
        <source>the file is binary (DER or PKCS#12); make PEM of it: openssl x509 -inform der -in FILE -out FILE.pem, or openssl pkcs12 -in FILE -out FILE.pem</source>
        <translation>die Datei ist binär (DER oder PKCS#12); machen Sie PEM daraus: openssl x509 -inform der -in FILE -out FILE.pem oder openssl pkcs12 -in FILE -out FILE.pem</translation>
    </message>
    <message>
        <source>there is no certificate in the file (no BEGIN CERTIFICATE)</source>
        <translation>in der Datei ist kein Zertifikat (kein BEGIN CERTIFICATE)</translation>
    </message>
    <message>
        <source>the file holds a certificate where the private key is expected: choose the file with BEGIN PRIVATE KEY in it</source>
        <translation>die Datei enthält ein Zertifikat, wo der private Schlüssel erwartet wird: wählen Sie die Datei mit BEGIN PRIVATE KEY darin</translation>
    </message>
    <message>
        <source>the file holds a public key; the private one is needed</source>
        <translation>die Datei enthält einen öffentlichen Schlüssel; gebraucht wird der private</translation>
    </message>
    <message>
        <source>the file is binary (DER or PKCS#12); make PEM of it: openssl pkey -inform der -in FILE -out FILE.pem, or openssl pkcs12 -in FILE -out FILE.pem</source>
        <translation>die Datei ist binär (DER oder PKCS#12); machen Sie PEM daraus: openssl pkey -inform der -in FILE -out FILE.pem oder openssl pkcs12 -in FILE -out FILE.pem</translation>
    </message>
    <message>
        <source>there is no private key in the file (no BEGIN PRIVATE KEY)</source>
        <translation>in der Datei ist kein privater Schlüssel (kein BEGIN PRIVATE KEY)</translation>
    </message>
    <message>
        <source>the key is in OpenSSH&apos;s own form; make PKCS#8 of a copy: ssh-keygen -p -m PKCS8 -f COPY</source>
        <translation>der Schlüssel hat die Form von OpenSSH; machen Sie aus einer Kopie PKCS#8: ssh-keygen -p -m PKCS8 -f COPY</translation>
    </message>
    <message>
        <source>the key is encrypted: its passphrase is needed</source>
        <translation>der Schlüssel ist verschlüsselt: seine Passphrase wird gebraucht</translation>
    </message>
    <message>
        <source>there is no memory for reading the key</source>
        <translation>zum Lesen des Schlüssels fehlt Speicher</translation>
    </message>
    <message>
        <source>the key is damaged, or of a kind that OpenSSL does not know</source>
        <translation>der Schlüssel ist beschädigt oder von einer Art, die OpenSSL nicht kennt</translation>
    </message>
    <message>
        <source>the key is encrypted in a way that OpenSSL no longer offers; encrypt it anew with the OpenSSL that made it: openssl pkey -aes256 -in FILE -out NEW</source>
        <translation>der Schlüssel ist auf eine Weise verschlüsselt, die OpenSSL nicht mehr anbietet; verschlüsseln Sie ihn neu mit dem OpenSSL, von dem er ist: openssl pkey -aes256 -in FILE -out NEW</translation>
    </message>
    <message>
        <source>the passphrase does not open the key</source>
        <translation>die Passphrase öffnet den Schlüssel nicht</translation>
    </message>
    <message>
        <source>the certificate has a key of a kind that OpenSSL does not know</source>
        <translation>das Zertifikat hat einen Schlüssel von einer Art, die OpenSSL nicht kennt</translation>
    </message>
    <message>
        <source>the issuer %1 has a key of a kind that OpenSSL does not know</source>
        <translation>der Aussteller %1 hat einen Schlüssel von einer Art, die OpenSSL nicht kennt</translation>
    </message>
    <message>
        <source>the certificate has a weak key (%1): TLS wants RSA of 2048 bits or more, or EC P-256</source>
        <translation>das Zertifikat hat einen schwachen Schlüssel (%1): TLS verlangt RSA mit 2048 Bit oder mehr oder EC P-256</translation>
    </message>
    <message>
        <source>the issuer %1 has a weak key (%2): TLS wants RSA of 2048 bits or more, or EC P-256</source>
        <translation>der Aussteller %1 hat einen schwachen Schlüssel (%2): TLS verlangt RSA mit 2048 Bit oder mehr oder EC P-256</translation>
    </message>
    <message>
        <source>the certificate is signed with a weak digest (SHA-1 or MD5): TLS wants SHA-256</source>
        <translation>das Zertifikat ist mit einer schwachen Prüfsumme unterschrieben (SHA-1 oder MD5): TLS verlangt SHA-256</translation>
    </message>
    <message>
        <source>the issuer %1 is signed with a weak digest (SHA-1 or MD5): TLS wants SHA-256</source>
        <translation>der Aussteller %1 ist mit einer schwachen Prüfsumme unterschrieben (SHA-1 oder MD5): TLS verlangt SHA-256</translation>
    </message>
    <message>
        <source>the key does not belong to the certificate (%1): choose the two that were made together</source>
        <translation>der Schlüssel gehört nicht zum Zertifikat (%1): wählen Sie die beiden, die zusammen gemacht wurden</translation>
    </message>
    <message>
        <source>the certificate is not for servers (its extendedKeyUsage or keyUsage says so); choose one with serverAuth</source>
        <translation>das Zertifikat ist nicht für Server (so sagt es sein extendedKeyUsage oder keyUsage); wählen Sie eines mit serverAuth</translation>
    </message>
    <message>
        <source>%1 certificate of the file is no issuer of the server&apos;s and will not be sent: %2</source>
        <translation>%1 Zertifikat der Datei ist kein Aussteller dessen, das dem Server gehört, und wird nicht gesendet: %2</translation>
    </message>
    <message>
        <source>%1 certificates of the file are no issuer of the server&apos;s and will not be sent: %2</source>
        <translation>%1 Zertifikate der Datei sind keine Aussteller dessen, das dem Server gehört, und werden nicht gesendet: %2</translation>
    </message>
    <message>
        <source>the certificates of the file are not in the order of TLS (the server&apos;s first, then each one&apos;s issuer); they will be sent in that order</source>
        <translation>die Zertifikate der Datei stehen nicht in der Reihenfolge von TLS (zuerst das des Servers, dann jeweils der Aussteller); sie werden in dieser Reihenfolge gesendet</translation>
    </message>
    <message>
        <source>the certificate has expired: browsers will refuse it</source>
        <translation>das Zertifikat ist abgelaufen: Browser werden es ablehnen</translation>
    </message>
    <message>
        <source>the certificate is not valid yet: browsers will refuse it</source>
        <translation>das Zertifikat ist noch nicht gültig: Browser werden es ablehnen</translation>
    </message>
    <message>
        <source>the issuer&apos;s certificate (%1) has expired: browsers will refuse it</source>
        <translation>das Zertifikat des Ausstellers (%1) ist abgelaufen: Browser werden es ablehnen</translation>
    </message>
    <message>
        <source>the issuer&apos;s certificate (%1) is not valid yet: browsers will refuse it</source>
        <translation>das Zertifikat des Ausstellers (%1) ist noch nicht gültig: Browser werden es ablehnen</translation>
    </message>
    <message>
        <source>the certificate names no host (no subjectAltName): browsers will refuse it</source>
        <translation>das Zertifikat nennt keinen Host (kein subjectAltName): Browser werden es ablehnen</translation>
    </message>
    <message>
        <source>the certificate is an authority&apos;s own: Firefox refuses it from a server</source>
        <translation>das Zertifikat ist das einer Zertifizierungsstelle selbst: Firefox lehnt es von einem Server ab</translation>
    </message>
    <message>
        <source>browsers may not speak keys of this kind (%1)</source>
        <translation>Browser verstehen Schlüssel dieser Art vielleicht nicht (%1)</translation>
    </message>
    <message>
        <source>the certificate cannot be read: %1</source>
        <translation>das Zertifikat ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>the private key cannot be read: %1</source>
        <translation>der private Schlüssel ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>the folder %1 belongs to another user, who could replace the private key in it: copy the key to a folder of yours</source>
        <translation>der Ordner %1 gehört einem anderen Benutzer, der den privaten Schlüssel darin ersetzen könnte: kopieren Sie den Schlüssel in einen eigenen Ordner</translation>
    </message>
    <message>
        <source>every user of this machine can change the folder %1, and so replace the private key in it; run: chmod o-w %2</source>
        <translation>jeder Benutzer dieses Rechners kann den Ordner %1 ändern und damit den privaten Schlüssel darin ersetzen; führen Sie aus: chmod o-w %2</translation>
    </message>
    <message>
        <source>the private key %1 belongs to another user; make a copy of your own: install -m 600 %2 COPY</source>
        <translation>der private Schlüssel %1 gehört einem anderen Benutzer; machen Sie eine eigene Kopie: install -m 600 %2 COPY</translation>
    </message>
    <message>
        <source>others than you may read or change the private key %1; run: chmod 600 %2</source>
        <translation>andere als Sie dürfen den privaten Schlüssel %1 lesen oder ändern; führen Sie aus: chmod 600 %2</translation>
    </message>
    <message>
        <source>%1 is no folder: move it away, a folder for private keys is to be there</source>
        <translation>%1 ist kein Ordner: räumen Sie das weg, dorthin gehört ein Ordner für private Schlüssel</translation>
    </message>
    <message>
        <source>the folder %1 belongs to another user</source>
        <translation>der Ordner %1 gehört einem anderen Benutzer</translation>
    </message>
    <message>
        <source>%1 has known holes: install the security updates of your system (OpenSSL 3.0.22 or newer)</source>
        <translation>%1 hat bekannte Lücken: installieren Sie die Sicherheitsaktualisierungen Ihres Systems (OpenSSL 3.0.22 oder neuer)</translation>
    </message>
    <message>
        <source>there is no development certificate yet</source>
        <translation>es gibt noch kein Entwicklungszertifikat</translation>
    </message>
    <message>
        <source>there is no folder for settings to keep a development certificate in</source>
        <translation>es gibt keinen Ordner für Einstellungen, in dem ein Entwicklungszertifikat liegen könnte</translation>
    </message>
    <message>
        <source>the development certificate in %1 cannot be used: %2; make a new one in its place</source>
        <translation>das Entwicklungszertifikat in %1 ist nicht zu gebrauchen: %2; machen Sie an seiner Stelle ein neues</translation>
    </message>
    <message>
        <source>the authority that has issued it is not in it</source>
        <translation>die Zertifizierungsstelle, die es ausgestellt hat, ist nicht darin</translation>
    </message>
    <message>
        <source>there is a development certificate already, in %1</source>
        <translation>es gibt schon ein Entwicklungszertifikat, in %1</translation>
    </message>
    <message>
        <source>the development certificate is gone from %1</source>
        <translation>das Entwicklungszertifikat ist aus %1 verschwunden</translation>
    </message>
    <message>
        <source>the settings cannot keep the name of the file, as it is not UTF-8: rename it</source>
        <translation>die Einstellungen können den Namen der Datei nicht behalten, da er kein UTF-8 ist: benennen Sie sie um</translation>
    </message>
    <message>
        <source>no certificate of one&apos;s own is asked for</source>
        <translation>es wird kein eigenes Zertifikat verlangt</translation>
    </message>
    <message>
        <source>neither Chromium nor Firefox was found here; a browser that is somewhere else has to import the authority by hand</source>
        <translation>weder Chromium noch Firefox wurde hier gefunden; ein Browser anderswo muss die Zertifizierungsstelle von Hand importieren</translation>
    </message>
    <message>
        <source>%1 is no folder; name the one of the browser&apos;s profile or of its certificate database</source>
        <translation>%1 ist kein Ordner; nennen Sie den des Browserprofils oder seiner Zertifikatsdatenbank</translation>
    </message>
    <message>
        <source>%1 cannot be kept in the settings, as its name is not UTF-8, and a renewal would miss it: rename it</source>
        <translation>%1 lässt sich in den Einstellungen nicht behalten, da der Name kein UTF-8 ist, und eine Erneuerung würde es übersehen: benennen Sie es um</translation>
    </message>
    <message>
        <source>certutil failed without a word</source>
        <translation>certutil ist ohne ein Wort gescheitert</translation>
    </message>
    <message>
        <source>certutil added the authority, but %1</source>
        <translation>certutil hat die Zertifizierungsstelle hinzugefügt, aber %1</translation>
    </message>
    <message>
        <source>the program is ending</source>
        <translation>das Programm endet gerade</translation>
    </message>
    <message>
        <source>wss:// is not served</source>
        <translation>wss:// wird nicht bedient</translation>
    </message>
    <message>
        <source>wss:// is not served: %1</source>
        <translation>wss:// wird nicht bedient: %1</translation>
    </message>
    <message>
        <source>wss:// is served with your certificate for %1</source>
        <translation>wss:// wird mit Ihrem Zertifikat für %1 bedient</translation>
    </message>
    <message>
        <source>wss:// is served with the development certificate for %1</source>
        <translation>wss:// wird mit dem Entwicklungszertifikat für %1 bedient</translation>
    </message>
    <message>
        <source>The certificate for wss:// cannot be replaced: %1. What was served before goes on</source>
        <translation>Das Zertifikat für wss:// lässt sich nicht ersetzen: %1. Was vorher galt, gilt weiter</translation>
    </message>
    <message>
        <source>The development certificate is not for %1, which the settings name: a renewal makes one that is, and its authority has to be trusted anew</source>
        <translation>Das Entwicklungszertifikat ist nicht für %1, was die Einstellungen nennen: eine Erneuerung macht eines dafür, und dessen Zertifizierungsstelle ist neu zu vertrauen</translation>
    </message>
    <message>
        <source>The settings were changed: wss:// is not served any more</source>
        <translation>Die Einstellungen wurden geändert: wss:// wird nicht mehr bedient</translation>
    </message>
    <message>
        <source>The settings were changed: %1. Its authority has to be trusted</source>
        <translation>Die Einstellungen wurden geändert: %1. Seiner Zertifizierungsstelle ist zu vertrauen</translation>
    </message>
    <message>
        <source>The settings were changed: %1</source>
        <translation>Die Einstellungen wurden geändert: %1</translation>
    </message>
    <message>
        <source>The development certificate was replaced: %1. Browsers that do not trust its authority by now have to</source>
        <translation>Das Entwicklungszertifikat wurde ersetzt: %1. Browser, die seiner Zertifizierungsstelle noch nicht vertrauen, müssen es noch tun</translation>
    </message>
    <message>
        <source>The certificate can be used: %1</source>
        <translation>Das Zertifikat ist zu gebrauchen: %1</translation>
    </message>
    <message>
        <source>The certificate was replaced: %1</source>
        <translation>Das Zertifikat wurde ersetzt: %1</translation>
    </message>
    <message>
        <source>The certificate for wss:// ends on %1</source>
        <translation>Das Zertifikat für wss:// läuft am %1 ab</translation>
    </message>
    <message>
        <source>The certificate for wss:// ends on %1; a renewal makes another, whose authority has to be trusted anew</source>
        <translation>Das Zertifikat für wss:// läuft am %1 ab; eine Erneuerung macht ein anderes, dessen Zertifizierungsstelle neu zu vertrauen ist</translation>
    </message>
    <message>
        <source>The certificate for wss:// has ended on %1 and browsers refuse it</source>
        <translation>Das Zertifikat für wss:// ist am %1 abgelaufen, und Browser lehnen es ab</translation>
    </message>
    <message>
        <source>The certificate for wss:// has ended on %1 and browsers refuse it; a renewal makes another, whose authority has to be trusted anew</source>
        <translation>Das Zertifikat für wss:// ist am %1 abgelaufen, und Browser lehnen es ab; eine Erneuerung macht ein anderes, dessen Zertifizierungsstelle neu zu vertrauen ist</translation>
    </message>
    <message>
        <source>The certificate for wss:// is not valid before %1</source>
        <translation>Das Zertifikat für wss:// ist vor dem %1 nicht gültig</translation>
    </message>
    <message>
        <source>SSLKEYLOGFILE is set: the secrets of all TLS connections are written to %1. Whoever can read that file can read the traffic</source>
        <translation>SSLKEYLOGFILE ist gesetzt: Die Geheimnisse aller TLS-Verbindungen werden nach %1 geschrieben. Wer diese Datei lesen kann, kann mitlesen</translation>
    </message>
    <message>
        <source>The key log %1 cannot be written: %2</source>
        <translation>Das Schlüsselprotokoll %1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>%1 line of the key log were dropped: there was more than %2 takes</source>
        <translation>%1 Zeile des Schlüsselprotokolls fiel weg: Es war mehr, als %2 aufnimmt</translation>
    </message>
    <message>
        <source>%1 lines of the key log were dropped: there was more than %2 takes</source>
        <translation>%1 Zeilen des Schlüsselprotokolls fielen weg: Es war mehr, als %2 aufnimmt</translation>
    </message>
    <message>
        <source>tls.names: %1 is left out: %2</source>
        <translation>tls.names: %1 bleibt weg: %2</translation>
    </message>
    <message>
        <source>The settings could not be saved: %1</source>
        <translation>Die Einstellungen ließen sich nicht speichern: %1</translation>
    </message>
    <message>
        <source>The folder for settings answers too slowly: the defaults are used, and nothing is saved this time</source>
        <translation>Der Ordner für Einstellungen antwortet zu langsam: Es gelten die Vorgaben, und diesmal wird nichts gespeichert</translation>
    </message>
    <message>
        <source>the folder %1 cannot be used</source>
        <translation>der Ordner %1 ist nicht zu gebrauchen</translation>
    </message>
    <message>
        <source>another Jackfield is saving into %1 and does not finish</source>
        <translation>ein anderes Jackfield speichert in %1 und wird nicht fertig</translation>
    </message>
    <message>
        <source>%1 is no folder; name another one</source>
        <translation>%1 ist kein Ordner; nennen Sie einen anderen</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2. It is kept as %3, and what is in force was saved in its place</source>
        <translation>%1 ist nicht zu gebrauchen: %2. Es liegt jetzt unter %3, und was gilt, wurde an seiner Stelle gespeichert</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2. It is kept as %3. The version before it is used</source>
        <translation>%1 ist nicht zu gebrauchen: %2. Es liegt jetzt unter %3. Die Fassung davor gilt</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2. It is kept as %3. The defaults are used</source>
        <translation>%1 ist nicht zu gebrauchen: %2. Es liegt jetzt unter %3. Die Vorgaben gelten</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2. It is kept as %3. There are no templates</source>
        <translation>%1 ist nicht zu gebrauchen: %2. Es liegt jetzt unter %3. Es gibt keine Vorlagen</translation>
    </message>
    <message>
        <source>only this machine&apos;s own names would be allowed with it</source>
        <translation>damit wären nur die eigenen Namen dieses Rechners erlaubt</translation>
    </message>
    <message>
        <source>it is written in UTF-16; save it as UTF-8</source>
        <translation>es ist in UTF-16 geschrieben; speichern Sie es als UTF-8</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>es ist leer</translation>
    </message>
    <message>
        <source>it is no JSON object</source>
        <translation>es ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>it is no JSON from line %1, column %2 on</source>
        <translation>es ist ab Zeile %1, Spalte %2 kein JSON</translation>
    </message>
    <message>
        <source>there is no /%1</source>
        <translation>/%1 gibt es nicht</translation>
    </message>
    <message>
        <source>cannot open %1</source>
        <translation>%1 lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>cannot read %1</source>
        <translation>%1 ist nicht lesbar</translation>
    </message>
    <message>
        <source>%1 is no regular file</source>
        <translation>%1 ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>cannot find %1</source>
        <translation>%1 lässt sich nicht finden</translation>
    </message>
    <message>
        <source>cannot follow %1</source>
        <translation>%1 lässt sich nicht verfolgen</translation>
    </message>
    <message>
        <source>cannot open the folder %1</source>
        <translation>der Ordner %1 lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>cannot write to the disk the folder %1</source>
        <translation>der Ordner %1 lässt sich nicht auf den Datenträger schreiben</translation>
    </message>
    <message>
        <source>cannot look at the folder %1</source>
        <translation>der Ordner %1 lässt sich nicht ansehen</translation>
    </message>
    <message>
        <source>cannot make the folder %1</source>
        <translation>der Ordner %1 lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>cannot set the mode of the folder %1</source>
        <translation>die Zugriffsrechte des Ordners %1 lassen sich nicht setzen</translation>
    </message>
    <message>
        <source>cannot create %1</source>
        <translation>%1 lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>cannot write %1</source>
        <translation>%1 lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>cannot set the mode of %1</source>
        <translation>die Zugriffsrechte von %1 lassen sich nicht setzen</translation>
    </message>
    <message>
        <source>cannot write to the disk %1</source>
        <translation>%1 lässt sich nicht auf den Datenträger schreiben</translation>
    </message>
    <message>
        <source>cannot check %1</source>
        <translation>%1 lässt sich nicht prüfen</translation>
    </message>
    <message>
        <source>could not write all of %1</source>
        <translation>%1 ließ sich nicht ganz schreiben</translation>
    </message>
    <message>
        <source>cannot keep a copy of %1</source>
        <translation>von %1 lässt sich keine Kopie behalten</translation>
    </message>
    <message>
        <source>%1 is larger than the %2 bytes allowed for it</source>
        <translation>%1 ist größer als die erlaubten %2 Bytes</translation>
    </message>
    <message>
        <source>cannot save to %1: it is no regular file</source>
        <translation>in %1 lässt sich nicht speichern: das ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>cannot replace %1</source>
        <translation>%1 lässt sich nicht ersetzen</translation>
    </message>
    <message>
        <source>cannot put in place %1</source>
        <translation>%1 lässt sich nicht an seine Stelle setzen</translation>
    </message>
    <message>
        <source>cannot rename %1</source>
        <translation>%1 lässt sich nicht umbenennen</translation>
    </message>
    <message>
        <source>cannot remove %1</source>
        <translation>%1 lässt sich nicht entfernen</translation>
    </message>
    <message>
        <source>cannot write to a file without a name</source>
        <translation>in eine Datei ohne Namen lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>cannot write to %1: the name has a NUL</source>
        <translation>in %1 lässt sich nicht schreiben: der Name enthält ein NUL</translation>
    </message>
    <message>
        <source>cannot write to %1: it names a folder</source>
        <translation>in %1 lässt sich nicht schreiben: das ist der Name eines Ordners</translation>
    </message>
    <message>
        <source>cannot write to %1: it is a folder</source>
        <translation>in %1 lässt sich nicht schreiben: das ist ein Ordner</translation>
    </message>
    <message>
        <source>cannot write to %1: it is no regular file</source>
        <translation>in %1 lässt sich nicht schreiben: das ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>cannot replace %1: it is no regular file any more</source>
        <translation>%1 lässt sich nicht ersetzen: das ist keine gewöhnliche Datei mehr</translation>
    </message>
    <message>
        <source>%1 is not listened on any more: it was added for the time being, and Use from a phone adds it again</source>
        <translation>Auf %1 wird nicht mehr gelauscht: Das war nur vorübergehend hinzugefügt, und „Vom Telefon nutzen“ fügt es wieder hinzu</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>die Operation ist nicht erlaubt</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Verzeichnis nicht gefunden</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>die Adresse wird schon benutzt</translation>
    </message>
    <message>
        <source>Cannot assign requested address</source>
        <translation>die Adresse lässt sich nicht zuweisen</translation>
    </message>
    <message>
        <source>Address family not supported by protocol</source>
        <translation>die Adressfamilie wird nicht unterstützt</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>auf dem Gerät ist kein Platz mehr frei</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>das Plattenkontingent ist überschritten</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>das Dateisystem ist nur lesbar</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>ist ein Verzeichnis</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>ist kein Verzeichnis</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>die Datei gibt es schon</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>der Dateiname ist zu lang</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>zu viele symbolische Verknüpfungen</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>zu viele offene Dateien</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>es lässt sich kein Speicher zuweisen</translation>
    </message>
    <message>
        <source>the first line is not a request line of HTTP/1.1</source>
        <translation>die erste Zeile ist keine Anfragezeile von HTTP/1.1</translation>
    </message>
    <message>
        <source>this server speaks HTTP/1.1 only</source>
        <translation>dieser Server spricht nur HTTP/1.1</translation>
    </message>
    <message>
        <source>a WebSocket is opened with GET</source>
        <translation>ein WebSocket wird mit GET geöffnet</translation>
    </message>
    <message>
        <source>the address is longer than the limit allows</source>
        <translation>die Adresse ist länger, als die Grenze erlaubt</translation>
    </message>
    <message>
        <source>the request has more or longer header fields than the limits allow</source>
        <translation>die Anfrage hat mehr oder längere Kopffelder, als die Grenzen erlauben</translation>
    </message>
    <message>
        <source>a line of the request does not end in CR LF</source>
        <translation>eine Zeile der Anfrage endet nicht mit CR LF</translation>
    </message>
    <message>
        <source>a header field is folded over two lines, which HTTP no longer allows</source>
        <translation>ein Kopffeld geht über zwei Zeilen, was HTTP nicht mehr erlaubt</translation>
    </message>
    <message>
        <source>a header field has no valid name</source>
        <translation>ein Kopffeld hat keinen gültigen Namen</translation>
    </message>
    <message>
        <source>a header field holds a control character</source>
        <translation>ein Kopffeld enthält ein Steuerzeichen</translation>
    </message>
    <message>
        <source>the request needs exactly one valid Host</source>
        <translation>die Anfrage braucht genau einen gültigen Host</translation>
    </message>
    <message>
        <source>the address asked for and the Host field name different servers</source>
        <translation>die verlangte Adresse und das Feld Host nennen verschiedene Server</translation>
    </message>
    <message>
        <source>it asked for a host that is not on the list (DNS rebinding?)</source>
        <translation>gefragt wurde nach einem Host, der nicht auf der Liste steht (DNS-Rebinding?)</translation>
    </message>
    <message>
        <source>the request has more than one Origin</source>
        <translation>die Anfrage hat mehr als einen Origin</translation>
    </message>
    <message>
        <source>its origin is not on the list</source>
        <translation>der Origin steht nicht auf der Liste</translation>
    </message>
    <message>
        <source>it has no Origin, and clients without one are refused at present</source>
        <translation>die Anfrage hat keinen Origin, und Clients ohne ihn werden zurzeit abgelehnt</translation>
    </message>
    <message>
        <source>a page opened from disk or a sandboxed frame has no origin, and any web site can pose as one</source>
        <translation>eine von der Platte geöffnete Seite oder ein Frame mit Sandbox hat keinen Origin, und jede Website kann sich dafür ausgeben</translation>
    </message>
    <message>
        <source>somebody blocked it for now</source>
        <translation>jemand hat es vorerst gesperrt</translation>
    </message>
    <message>
        <source>a plain HTTP request where only a WebSocket is served</source>
        <translation>eine gewöhnliche HTTP-Anfrage, wo nur ein WebSocket bedient wird</translation>
    </message>
    <message>
        <source>it speaks a WebSocket version that is not on offer</source>
        <translation>gesprochen wird eine WebSocket-Version, die nicht angeboten wird</translation>
    </message>
    <message>
        <source>it speaks %1, and the older protocols are switched off</source>
        <translation>gesprochen wird %1, und die älteren Protokolle sind abgeschaltet</translation>
    </message>
    <message>
        <source>two Sec-WebSocket-Version fields</source>
        <translation>zwei Felder Sec-WebSocket-Version</translation>
    </message>
    <message>
        <source>the Sec-WebSocket-Key is not one field of 16 bytes in base64</source>
        <translation>Sec-WebSocket-Key ist nicht ein Feld von 16 Bytes in Base64</translation>
    </message>
    <message>
        <source>the Sec-WebSocket-Protocol field is not a list of names</source>
        <translation>das Feld Sec-WebSocket-Protocol ist keine Liste von Namen</translation>
    </message>
    <message>
        <source>the Sec-WebSocket-Extensions field is not a list of extensions</source>
        <translation>das Feld Sec-WebSocket-Extensions ist keine Liste von Erweiterungen</translation>
    </message>
    <message>
        <source>the Connection field lacks &quot;Upgrade&quot;; a proxy between may have removed it</source>
        <translation>im Feld Connection fehlt „Upgrade“; ein Proxy dazwischen hat es vielleicht entfernt</translation>
    </message>
    <message>
        <source>a request for a WebSocket has no body</source>
        <translation>eine Anfrage nach einem WebSocket hat keinen Rumpf</translation>
    </message>
    <message>
        <source>the Expect field is not served</source>
        <translation>das Feld Expect wird nicht bedient</translation>
    </message>
    <message>
        <source>no endpoint takes this path</source>
        <translation>kein Endpunkt nimmt diesen Pfad</translation>
    </message>
    <message>
        <source>the endpoint refused it</source>
        <translation>der Endpunkt hat es abgelehnt</translation>
    </message>
    <message>
        <source>the endpoint chose a subprotocol that the page did not offer</source>
        <translation>der Endpunkt hat ein Unterprotokoll gewählt, das die Seite nicht angeboten hat</translation>
    </message>
    <message>
        <source>this way to carry a session is switched off for the endpoint</source>
        <translation>diese Art, eine Sitzung zu übertragen, ist für den Endpunkt abgeschaltet</translation>
    </message>
    <message>
        <source>websocket is switched off for %1</source>
        <translation>WebSocket ist für %1 abgeschaltet</translation>
    </message>
    <message>
        <source>a SockJS request that could not be served</source>
        <translation>eine SockJS-Anfrage, die nicht bedient werden konnte</translation>
    </message>
    <message>
        <source>the connection limit is reached</source>
        <translation>die Höchstzahl der Verbindungen ist erreicht</translation>
    </message>
    <message>
        <source>the request did not arrive in time</source>
        <translation>die Anfrage ist nicht rechtzeitig angekommen</translation>
    </message>
    <message>
        <source>the client left before it was answered</source>
        <translation>der Client ging, bevor er eine Antwort hatte</translation>
    </message>
    <message>
        <source>the client left without asking for anything, as browsers&apos; spare connections do</source>
        <translation>der Client ging, ohne etwas zu verlangen, wie es die Reserveverbindungen der Browser tun</translation>
    </message>
    <message>
        <source>too many clients were waiting for their handshake; the oldest was dropped</source>
        <translation>zu viele Clients warteten auf ihren Handshake; der älteste wurde fallen gelassen</translation>
    </message>
    <message>
        <source>the client used wss:// (or https://) on a ws:// port</source>
        <translation>der Client hat wss:// (oder https://) an einem Port für ws:// benutzt</translation>
    </message>
    <message>
        <source>the client used ws:// (or http://) on a port that speaks TLS alone</source>
        <translation>der Client hat ws:// (oder http://) an einem Port benutzt, der nur TLS spricht</translation>
    </message>
    <message>
        <source>the TLS handshake failed</source>
        <translation>der TLS-Handshake ist misslungen</translation>
    </message>
    <message>
        <source>a web page was asked for and served</source>
        <translation>eine Webseite wurde verlangt und geliefert</translation>
    </message>
    <message>
        <source>the server could not serve it</source>
        <translation>der Server konnte es nicht bedienen</translation>
    </message>
    <message>
        <source>the server is being stopped</source>
        <translation>der Server wird gerade gestoppt</translation>
    </message>
    <message>
        <source>Listening on ws://%1/</source>
        <translation>Lauscht auf ws://%1/</translation>
    </message>
    <message>
        <source>Stopped listening</source>
        <translation>Lauscht nicht mehr</translation>
    </message>
    <message>
        <source>The host list was changed</source>
        <translation>Die Liste der Hosts wurde geändert</translation>
    </message>
    <message>
        <source>The origin list was changed</source>
        <translation>Die Liste der Ursprünge wurde geändert</translation>
    </message>
    <message>
        <source>The host list was read again from its file</source>
        <translation>Die Liste der Hosts wurde neu aus ihrer Datei gelesen</translation>
    </message>
    <message>
        <source>The origin list was read again from its file</source>
        <translation>Die Liste der Ursprünge wurde neu aus ihrer Datei gelesen</translation>
    </message>
    <message>
        <source>1 entry is in force</source>
        <translation>1 Eintrag gilt</translation>
    </message>
    <message>
        <source>%1 entries are in force</source>
        <translation>%1 Einträge gelten</translation>
    </message>
    <message>
        <source>%1, 1 line is not understood</source>
        <translation>%1, 1 Zeile ist nicht verstanden</translation>
    </message>
    <message>
        <source>%1, %2 lines are not understood</source>
        <translation>%1, %2 Zeilen sind nicht verstanden</translation>
    </message>
    <message>
        <source>The host list is wide open: requests for any host name are let in</source>
        <translation>Die Liste der Hosts ist weit offen: Anfragen nach jedem Hostnamen werden eingelassen</translation>
    </message>
    <message>
        <source>The origin list is wide open: any web site that the browser shows may connect</source>
        <translation>Die Liste der Ursprünge ist weit offen: jede Website, die der Browser zeigt, darf sich verbinden</translation>
    </message>
    <message>
        <source>%1 did not get 1 message: it is too slow, or its protocol cannot carry them</source>
        <translation>%1 hat 1 Nachricht nicht bekommen: zu langsam, oder das Protokoll kann sie nicht befördern</translation>
    </message>
    <message>
        <source>%1 did not get %2 messages: it is too slow, or its protocol cannot carry them</source>
        <translation>%1 hat %2 Nachrichten nicht bekommen: zu langsam, oder das Protokoll kann sie nicht befördern</translation>
    </message>
    <message>
        <source>%1 sends too many pings and is closed</source>
        <translation>%1 sendet zu viele Pings und wird geschlossen</translation>
    </message>
    <message>
        <source>%1 split a message into too many fragments and is closed</source>
        <translation>%1 hat eine Nachricht in zu viele Fragmente zerlegt und wird geschlossen</translation>
    </message>
    <message>
        <source>%1 keeps the server busy with compressed messages that become too large and is closed</source>
        <translation>%1 beschäftigt den Server mit komprimierten Nachrichten, die zu groß werden, und wird geschlossen</translation>
    </message>
    <message>
        <source>%1 sends too many TLS records without data and is closed</source>
        <translation>%1 sendet zu viele TLS-Records ohne Daten und wird geschlossen</translation>
    </message>
    <message>
        <source>The system gives this program no more file descriptors; newcomers are turned away (see ulimit -n)</source>
        <translation>Das System gibt diesem Programm keine Dateideskriptoren mehr; Neue werden abgewiesen (siehe ulimit -n)</translation>
    </message>
    <message>
        <source>File descriptors are to be had again; newcomers are let in</source>
        <translation>Es gibt wieder Dateideskriptoren; Neue werden eingelassen</translation>
    </message>
    <message>
        <source>The system&apos;s clock jumped %1 back; no time-out is affected</source>
        <translation>Die Uhr des Systems sprang %1 zurück; keine Wartezeit ist betroffen</translation>
    </message>
    <message>
        <source>The system&apos;s clock jumped %1 ahead; no time-out is affected</source>
        <translation>Die Uhr des Systems sprang %1 vor; keine Wartezeit ist betroffen</translation>
    </message>
    <message>
        <source>The server did not run for %1 ms</source>
        <translation>Der Server lief %1 ms lang nicht</translation>
    </message>
    <message>
        <source>A fault ended %1: %2</source>
        <translation>Ein Fehler hat %1 beendet: %2</translation>
    </message>
    <message>
        <source>The command failed: %1</source>
        <translation>Der Befehl ist gescheitert: %1</translation>
    </message>
    <message>
        <source>The stop is complete: 1 connection closed</source>
        <translation>Das Stoppen ist fertig: 1 Verbindung geschlossen</translation>
    </message>
    <message>
        <source>The stop is complete: %1 connections closed</source>
        <translation>Das Stoppen ist fertig: %1 Verbindungen geschlossen</translation>
    </message>
    <message>
        <source>%1; of the messages that waited %2 were sent, %3 were dropped</source>
        <translation>%1; von den wartenden Nachrichten wurden %2 gesendet und %3 verworfen</translation>
    </message>
    <message>
        <source>the engine has too many commands waiting; try again in a moment</source>
        <translation>beim Server warten zu viele Befehle; gleich noch einmal versuchen</translation>
    </message>
    <message>
        <source>The project %1 cannot be used: %2</source>
        <translation>Das Projekt %1 kann nicht benutzt werden: %2</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>es ist kein JSON</translation>
    </message>
    <message>
        <source>it is nested more than %1 deep</source>
        <translation>es ist tiefer als %1 verschachtelt</translation>
    </message>
    <message>
        <source>the member &quot;%1&quot; is there twice in one object</source>
        <translation>den Eintrag „%1“ gibt es in einem Objekt zweimal</translation>
    </message>
    <message>
        <source>it is no Jackfield project: it has no member &quot;jackfield&quot;</source>
        <translation>es ist kein Jackfield-Projekt: der Eintrag „jackfield“ fehlt</translation>
    </message>
    <message>
        <source>&quot;jackfield&quot; is %1 and no version of the format, such as 1</source>
        <translation>„jackfield“ ist %1 und keine Version des Formats wie 1</translation>
    </message>
    <message>
        <source>&quot;templates&quot; cannot be read: %1</source>
        <translation>„templates“ kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>%1 is %2 and no list</source>
        <translation>%1 ist %2 und keine Liste</translation>
    </message>
    <message>
        <source>%1 has more than 10,000 entries</source>
        <translation>%1 hat mehr als 10.000 Einträge</translation>
    </message>
    <message>
        <source>%1 is %2 and no line of text</source>
        <translation>%1 ist %2 und keine Zeile Text</translation>
    </message>
    <message>
        <source>%1 has no effect: %2</source>
        <translation>%1 hat keine Wirkung: %2</translation>
    </message>
    <message>
        <source>%1 more entries have no effect</source>
        <translation>%1 weitere Einträge haben keine Wirkung</translation>
    </message>
    <message>
        <source>%1 has no valid entry: %2</source>
        <translation>%1 hat keinen gültigen Eintrag: %2</translation>
    </message>
    <message>
        <source>%1 is empty: nobody is let in</source>
        <translation>%1 ist leer: niemand wird eingelassen</translation>
    </message>
    <message>
        <source>access is %1 and no object</source>
        <translation>access ist %1 und kein Objekt</translation>
    </message>
    <message>
        <source>access.origin_required is %1 and not true or false</source>
        <translation>access.origin_required ist %1 und nicht true oder false</translation>
    </message>
    <message>
        <source>%1 belongs to Jackfield&apos;s own settings and is no project</source>
        <translation>%1 gehört zu den Einstellungen von Jackfield selbst und ist kein Projekt</translation>
    </message>
    <message>
        <source>%1 belongs to Jackfield&apos;s own settings; choose another name</source>
        <translation>%1 gehört zu den Einstellungen von Jackfield selbst; wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>%1 is held by another program; save again when that has let go of it</source>
        <translation>%1 wird von einem anderen Programm festgehalten; speichern Sie noch einmal, wenn es losgelassen hat</translation>
    </message>
    <message>
        <source>a project may take %1 bytes; this one takes %2</source>
        <translation>ein Projekt darf %1 Bytes haben; dieses hat %2</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ProjectActions</name>
    <message>
        <source>&amp;Open project...</source>
        <translation>&amp;Projekt öffnen...</translation>
    </message>
    <message>
        <source>Sa&amp;ve project</source>
        <translation>Projekt spe&amp;ichern</translation>
    </message>
    <message>
        <source>Save project &amp;as...</source>
        <translation>Projekt speichern &amp;unter...</translation>
    </message>
    <message>
        <source>C&amp;lose project</source>
        <translation>Projekt sch&amp;ließen</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Jackfield projects (*%1)</source>
        <translation>Jackfield-Projekte (*%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>Projekt speichern unter</translation>
    </message>
    <message>
        <source>untitled</source>
        <translation>unbenannt</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ProjectBars</name>
    <message>
        <source>Close project</source>
        <translation>Projekt schließen</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Save as...</source>
        <translation>Speichern unter...</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>Take the file&apos;s</source>
        <translation>Die der Datei nehmen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>is open: its access lists, endpoints, limits and templates are in force. Hosts.dat and Origins.dat are not used until it is closed.</source>
        <translation>ist geöffnet: seine Zugangslisten, Endpunkte, Grenzen und Vorlagen sind in Kraft. Hosts.dat und Origins.dat gelten erst wieder, wenn es geschlossen ist.</translation>
    </message>
    <message>
        <source>Not opened:</source>
        <translation>Nicht geöffnet:</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>Project not saved:</source>
        <translation>Projekt nicht gespeichert:</translation>
    </message>
    <message>
        <source>%1. The file is as it was; the changes are in force and kept in memory.</source>
        <translation>%1. Die Datei ist, wie sie war; die Änderungen sind in Kraft und bleiben im Speicher.</translation>
    </message>
    <message>
        <source>was changed by another program, and there are changes here that are not saved.</source>
        <translation>wurde von einem anderen Programm geändert, und hier gibt es Änderungen, die nicht gespeichert sind.</translation>
    </message>
    <message>
        <source>Do not wait</source>
        <translation>Nicht warten</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>Trotzdem schließen</translation>
    </message>
    <message>
        <source>is still being read; its file system takes its time. What was in force stays in force until then.</source>
        <translation>wird noch gelesen; sein Dateisystem lässt sich Zeit. Bis dahin bleibt in Kraft, was in Kraft war.</translation>
    </message>
    <message>
        <source>is still being saved; the window closes when that is done.</source>
        <translation>wird noch gespeichert; das Fenster schließt, wenn das getan ist.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RatePlot</name>
    <message>
        <source>Messages a second from and to browsers, over the last minute</source>
        <translation>Nachrichten je Sekunde vom und zum Browser, in der letzten Minute</translation>
    </message>
    <message>
        <source>%1 from · %2 to</source>
        <translation>▲ %1 · ▼ %2</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RawFields</name>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>+ Frame</source>
        <translation>+ Frame</translation>
    </message>
    <message>
        <source>+ Bytes</source>
        <translation>+ Bytes</translation>
    </message>
    <message>
        <source>Bytes as they are: half a frame, or nothing like one</source>
        <translation>Bytes, wie sie sind: ein halber Frame oder gar keiner</translation>
    </message>
    <message>
        <source>Remove this piece (Del)</source>
        <translation>Dieses Stück entfernen (Entf)</translation>
    </message>
    <message>
        <source>Move up (Alt+Shift+Up)</source>
        <translation>Nach oben (Alt+Umschalt+Hoch)</translation>
    </message>
    <message>
        <source>Move down (Alt+Shift+Down)</source>
        <translation>Nach unten (Alt+Umschalt+Herunter)</translation>
    </message>
    <message>
        <source>then it goes on</source>
        <translation>dann geht es weiter</translation>
    </message>
    <message>
        <source>then FIN</source>
        <translation>dann FIN</translation>
    </message>
    <message>
        <source>then RST</source>
        <translation>dann RST</translation>
    </message>
    <message>
        <source>What becomes of the connection behind these bytes: it goes on, ends in order without a closing handshake, or is reset</source>
        <translation>Was hinter diesen Bytes aus der Verbindung wird: sie geht weiter, endet geordnet ohne Abschluss-Handshake oder wird zurückgesetzt</translation>
    </message>
    <message>
        <source>Examples of what a page should put up with, and of what it should not</source>
        <translation>Beispiele dafür, was eine Seite aushalten soll und was nicht</translation>
    </message>
    <message>
        <source>There are %1 pieces already.</source>
        <translation>Es sind schon %1 Stücke.</translation>
    </message>
    <message>
        <source>piece %1: %2</source>
        <translation>Stück %1: %2</translation>
    </message>
    <message>
        <source>1 frame, </source>
        <translation>1 Frame, </translation>
    </message>
    <message>
        <source>%1 frames, </source>
        <translation>%1 Frames, </translation>
    </message>
    <message>
        <source>1 byte on the wire</source>
        <translation>1 Byte übertragen</translation>
    </message>
    <message>
        <source>%1 bytes on the wire</source>
        <translation>%1 Bytes übertragen</translation>
    </message>
    <message>
        <source>cannot be sent yet</source>
        <translation>lässt sich noch nicht senden</translation>
    </message>
    <message>
        <source>on the wire: </source>
        <translation>übertragen: </translation>
    </message>
    <message>
        <source>Raw frames</source>
        <translation>Rohe Frames</translation>
    </message>
    <message>
        <source>Remove this piece</source>
        <translation>Dieses Stück entfernen</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>The example stands in place of the frames that were composed.</source>
        <translation>Das Beispiel steht anstelle der Frames, die verfasst waren.</translation>
    </message>
    <message>
        <source>Piece %1 is removed.</source>
        <translation>Stück %1 ist entfernt.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RawPieceFields</name>
    <message>
        <source>0 continuation</source>
        <translation>0 continuation</translation>
    </message>
    <message>
        <source>1 text</source>
        <translation>1 text</translation>
    </message>
    <message>
        <source>2 binary</source>
        <translation>2 binary</translation>
    </message>
    <message>
        <source>8 close</source>
        <translation>8 close</translation>
    </message>
    <message>
        <source>9 ping</source>
        <translation>9 ping</translation>
    </message>
    <message>
        <source>10 pong</source>
        <translation>10 pong</translation>
    </message>
    <message>
        <source>%1 reserved</source>
        <translation>%1 reserviert</translation>
    </message>
    <message>
        <source>Opcode: what kind of frame it says it is</source>
        <translation>Opcode: welche Art Frame er zu sein behauptet</translation>
    </message>
    <message>
        <source>The last frame of its message</source>
        <translation>Der letzte Frame seiner Nachricht</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Masks the payload with this key; a server never does</source>
        <translation>Maskiert die Nutzdaten mit diesem Schlüssel; ein Server tut das nie</translation>
    </message>
    <message>
        <source>The masking key: 8 hex digits</source>
        <translation>Der Maskierungsschlüssel: 8 Hex-Ziffern</translation>
    </message>
    <message>
        <source>How many bits of the header hold the length</source>
        <translation>Wie viele Bits des Headers die Länge fassen</translation>
    </message>
    <message>
        <source>shortest</source>
        <translation>kürzeste</translation>
    </message>
    <message>
        <source>7 bits</source>
        <translation>7 Bit</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>64 bits</source>
        <translation>64 Bit</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie sie ist</translation>
    </message>
    <message>
        <source>The length that the header says, where it is not to be the payload&apos;s</source>
        <translation>Die Länge, die der Header nennt, wo sie nicht die der Nutzdaten sein soll</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>says</source>
        <translation>nennt</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Payload (may be empty)</source>
        <translation>Nutzdaten (dürfen leer sein)</translation>
    </message>
    <message>
        <source>Bytes as they are</source>
        <translation>Bytes, wie sie sind</translation>
    </message>
    <message>
        <source>Nothing was put in: that is too long to be edited here. Send it as a binary message.</source>
        <translation>Nichts wurde eingefügt: das ist zu lang, um hier bearbeitet zu werden. Senden Sie es als binäre Nachricht.</translation>
    </message>
    <message>
        <source>Nothing was put in; it is not hex: %1.</source>
        <translation>Nichts wurde eingefügt; das ist kein Hex: %1.</translation>
    </message>
    <message>
        <source>Nothing was put in: it is not UTF-8 text. Choose hex.</source>
        <translation>Nichts wurde eingefügt: das ist kein UTF-8-Text. Wählen Sie Hex.</translation>
    </message>
    <message>
        <source>This payload is too long to be edited as hex.</source>
        <translation>Diese Nutzdaten sind zu lang, um als Hex bearbeitet zu werden.</translation>
    </message>
    <message>
        <source>These bytes are not UTF-8 text, so they can only be shown as hex.</source>
        <translation>Diese Bytes sind kein UTF-8-Text und lassen sich nur als Hex zeigen.</translation>
    </message>
    <message>
        <source>a masking key is 8 hex digits</source>
        <translation>ein Maskierungsschlüssel hat 8 Hex-Ziffern</translation>
    </message>
    <message>
        <source>the length that the header says is a number from 0 to 2⁶⁴ - 1</source>
        <translation>die genannte Länge ist eine Zahl von 0 bis 2⁶⁴ - 1</translation>
    </message>
    <message>
        <source>This payload is too long to be edited as text.</source>
        <translation>Diese Nutzdaten sind zu lang, um als Text bearbeitet zu werden.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RecentProjects</name>
    <message>
        <source> (not found)</source>
        <translation> (nicht gefunden)</translation>
    </message>
    <message>
        <source>Recent pro&amp;jects</source>
        <translation>Zuletzt geöffnete P&amp;rojekte</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RecordingWindow</name>
    <message>
        <source>RECORDING</source>
        <translation>MITSCHNITT</translation>
    </message>
    <message>
        <source>%1 (recording) - Jackfield</source>
        <translation>%1 (Mitschnitt) - Jackfield</translation>
    </message>
    <message>
        <source>of the recording</source>
        <translation>des Mitschnitts</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Export messages…</source>
        <translation>Nachrichten &amp;exportieren…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Nachricht</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;row</source>
        <translation>&amp;Zeile kopieren</translation>
    </message>
    <message>
        <source>&amp;Filter messages</source>
        <translation>Nachrichten fi&amp;ltern</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>%1 wird geöffnet…</translation>
    </message>
    <message>
        <source>Not opened: %1.</source>
        <translation>Nicht geöffnet: %1.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>%1 · %2 · %3 of %4</source>
        <translation>%1 · %2 · %3 von %4</translation>
    </message>
    <message>
        <source>HAR</source>
        <translation>HAR</translation>
    </message>
    <message>
        <source>JSON Lines</source>
        <translation>JSON Lines</translation>
    </message>
    <message numerus="yes">
        <source>%1 messages</source>
        <translation>
            <numerusform>%1 Nachricht</numerusform>
            <numerusform>%1 Nachrichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 connections</source>
        <comment>messages of %1 connections</comment>
        <translation>
            <numerusform>%1 Verbindung</numerusform>
            <numerusform>%1 Verbindungen</numerusform>
        </translation>
    </message>
    <message>
        <source>The recording is damaged and shown up to there: %1.</source>
        <translation>Der Mitschnitt ist beschädigt und wird bis dorthin gezeigt: %1.</translation>
    </message>
    <message>
        <source>It is larger than what is kept in memory: only the part up to here is shown.</source>
        <translation>Er ist größer als das, was im Speicher gehalten wird: nur der Teil bis hier wird gezeigt.</translation>
    </message>
    <message numerus="yes">
        <source>The first %1 messages gave way to later ones.</source>
        <translation>
            <numerusform>Die erste Nachricht (%1) wich späteren.</numerusform>
            <numerusform>Die ersten %1 Nachrichten wichen späteren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 messages with a missing or impossible field are left out.</source>
        <translation>
            <numerusform>%1 Nachricht mit einem fehlenden oder unmöglichen Feld ist ausgelassen.</numerusform>
            <numerusform>%1 Nachrichten mit einem fehlenden oder unmöglichen Feld sind ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 messages have no content in the recording, or more than can be shown.</source>
        <translation>
            <numerusform>%1 Nachricht hat im Mitschnitt keinen Inhalt, oder mehr, als sich zeigen lässt.</numerusform>
            <numerusform>%1 Nachrichten haben im Mitschnitt keinen Inhalt, oder mehr, als sich zeigen lässt.</numerusform>
        </translation>
    </message>
    <message>
        <source>F&amp;ind in messages</source>
        <translation>In Nachrichten &amp;suchen</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>&amp;Nächster Treffer</translation>
    </message>
    <message>
        <source>Find &amp;previous</source>
        <translation>V&amp;origer Treffer</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Message table</source>
        <translation>Nachrichtentabelle</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RefusalBar</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Allowed.</source>
        <translation>Erlaubt.</translation>
    </message>
    <message>
        <source>Reload the page if it does not retry.</source>
        <translation>Laden Sie die Seite neu, wenn sie es nicht selbst versucht.</translation>
    </message>
    <message>
        <source>Not allowed:</source>
        <translation>Nicht erlaubt:</translation>
    </message>
    <message>
        <source>The page has connected as #%1.</source>
        <translation>Die Seite hat sich als #%1 verbunden.</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RefusedFixes</name>
    <message>
        <source>Unblock</source>
        <translation>Sperre aufheben</translation>
    </message>
    <message>
        <source>Allow clients without an Origin</source>
        <translation>Clients ohne Origin erlauben</translation>
    </message>
    <message>
        <source>Serve browsers older than RFC 6455</source>
        <translation>Browser von vor RFC 6455 bedienen</translation>
    </message>
    <message>
        <source>Add endpoint %1...</source>
        <translation>Endpunkt %1 hinzufügen...</translation>
    </message>
    <message>
        <source>Not unblocked: %1</source>
        <translation>Sperre nicht aufgehoben: %1</translation>
    </message>
    <message>
        <source>Unblocked. Reload the page if it does not retry.</source>
        <translation>Sperre aufgehoben. Laden Sie die Seite neu, wenn sie es nicht selbst versucht.</translation>
    </message>
    <message>
        <source>Clients without an Origin are let in. Start the program again if it does not retry.</source>
        <translation>Clients ohne Origin sind erlaubt. Starten Sie das Programm neu, wenn es das nicht selbst versucht.</translation>
    </message>
    <message>
        <source>Browsers older than RFC 6455 are served. Reload the page if it does not retry.</source>
        <translation>Browser von vor RFC 6455 werden bedient. Laden Sie die Seite neu, wenn sie es nicht selbst versucht.</translation>
    </message>
    <message>
        <source>Nothing was changed: %1</source>
        <translation>Nichts wurde geändert: %1</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Zurückgenommen.</translation>
    </message>
    <message>
        <source>Speak ws:// there too</source>
        <translation>Dort auch ws:// sprechen</translation>
    </message>
    <message>
        <source>Speak wss:// there too</source>
        <translation>Dort auch wss:// sprechen</translation>
    </message>
    <message>
        <source>Enable wss://...</source>
        <translation>wss:// einschalten...</translation>
    </message>
    <message>
        <source>Certificate and trust...</source>
        <translation>Zertifikat und Vertrauen...</translation>
    </message>
    <message>
        <source>ws:// and wss:// are spoken there now. Reload the page if it does not retry.</source>
        <translation>Dort werden jetzt ws:// und wss:// gesprochen. Laden Sie die Seite neu, wenn sie es nicht selbst versucht.</translation>
    </message>
    <message>
        <source>Permit %1 on %2</source>
        <translation>%1 auf %2 erlauben</translation>
    </message>
    <message>
        <source>%1 is permitted on %2. Reload the page if it does not retry.</source>
        <translation>%1 ist auf %2 erlaubt. Laden Sie die Seite neu, wenn sie es nicht von selbst versucht.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RefusedModel</name>
    <message>
        <source>Allowed by now. It was: %1</source>
        <translation>Inzwischen erlaubt. Es war: %1</translation>
    </message>
    <message>
        <source>First %1
Last %2</source>
        <translation>Zuerst %1
Zuletzt %2</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RefusedView</name>
    <message>
        <source>%1 is allowed, by line %2 of the host list.</source>
        <translation>%1 ist erlaubt, durch Zeile %2 der Host-Liste.</translation>
    </message>
    <message>
        <source>%1 is allowed.</source>
        <translation>%1 ist erlaubt.</translation>
    </message>
    <message>
        <source>%1 is not on the host list.</source>
        <translation>%1 steht nicht auf der Host-Liste.</translation>
    </message>
    <message>
        <source>%1 is no host name or address.</source>
        <translation>%1 ist kein Hostname und keine Adresse.</translation>
    </message>
    <message>
        <source>There was no Host header.</source>
        <translation>Es gab keinen Host-Header.</translation>
    </message>
    <message>
        <source>%1 is allowed, by line %2 of the origin list.</source>
        <translation>%1 ist erlaubt, durch Zeile %2 der Origin-Liste.</translation>
    </message>
    <message>
        <source>There was none, which is allowed.</source>
        <translation>Es gab keinen, und das ist erlaubt.</translation>
    </message>
    <message>
        <source>There was none, and clients without one are refused.</source>
        <translation>Es gab keinen, und Clients ohne Origin werden abgewiesen.</translation>
    </message>
    <message>
        <source>“null”: a page opened from disk or a sandboxed frame.</source>
        <translation>„null“: eine von der Platte geöffnete Seite oder ein Sandbox-Frame.</translation>
    </message>
    <message>
        <source>%1 is not on the origin list.</source>
        <translation>%1 steht nicht auf der Origin-Liste.</translation>
    </message>
    <message>
        <source>%1 is no origin.</source>
        <translation>%1 ist kein Origin.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Allowed. Reload the page if it does not retry.</source>
        <translation>Erlaubt. Laden Sie die Seite neu, wenn sie es nicht selbst versucht.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Not allowed: %1</source>
        <translation>Nicht erlaubt: %1</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Zurückgenommen.</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Origin</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>We answered</source>
        <translation>Unsere Antwort</translation>
    </message>
    <message>
        <source>The console says</source>
        <translation>Die Konsole sagt</translation>
    </message>
    <message>
        <source>Copy request</source>
        <translation>Anfrage kopieren</translation>
    </message>
    <message>
        <source>The request, as it came</source>
        <translation>Die Anfrage, wie sie kam</translation>
    </message>
    <message>
        <source>Our answer</source>
        <translation>Unsere Antwort</translation>
    </message>
    <message>
        <source>Needs you (%1)</source>
        <translation>Für Sie (%1)</translation>
    </message>
    <message>
        <source>Other (%1)</source>
        <translation>Andere (%1)</translation>
    </message>
    <message>
        <source>Nothing was refused.</source>
        <translation>Nichts wurde abgewiesen.</translation>
    </message>
    <message>
        <source>Nothing here needs you.</source>
        <translation>Hier wartet nichts auf Sie.</translation>
    </message>
    <message>
        <source>No attempt to show.</source>
        <translation>Kein Versuch zu zeigen.</translation>
    </message>
    <message>
        <source>%1 It would be let in now.</source>
        <translation>%1 Jetzt würde sie hereingelassen.</translation>
    </message>
    <message>
        <source>; %1 times, the last one at %2</source>
        <translation>; %1-mal, zuletzt um %2</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>The request is not text; what was copied has its control characters and bad bytes made visible.</source>
        <translation>Die Anfrage ist kein Text; in der Kopie sind ihre Steuerzeichen und falschen Bytes sichtbar gemacht.</translation>
    </message>
    <message>
        <source>The list is empty now.</source>
        <translation>Die Liste ist jetzt leer.</translation>
    </message>
    <message>
        <source>Server name</source>
        <translation>Servername</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>the TLS alert %1</source>
        <translation>der TLS-Alert %1</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RenewDialog</name>
    <message>
        <source>A new authority and a new certificate take the place of those that there are. Open connections stay. Browsers have to trust the new authority.</source>
        <translation>Eine neue Zertifizierungsstelle und ein neues Zertifikat ersetzen die jetzigen. Offene Verbindungen bleiben. Browser müssen der neuen Stelle vertrauen.</translation>
    </message>
    <message>
        <source>Where the old one is trusted and Jackfield can reach it, it puts the new one in its place; elsewhere do the steps again. Browsers that run may have to be started anew.</source>
        <translation>Wo der alten vertraut wird und Jackfield hinkommt, setzt es die neue an ihre Stelle; sonst gehen Sie die Schritte erneut. Browser, die laufen, müssen vielleicht neu gestartet werden.</translation>
    </message>
    <message>
        <source>Do the steps again where you did them, and remove the old authority there.</source>
        <translation>Gehen Sie die Schritte erneut, wo Sie sie gegangen sind, und entfernen Sie dort die alte Stelle.</translation>
    </message>
    <message>
        <source>Renew the certificate or change its names</source>
        <translation>Zertifikat erneuern oder seine Namen ändern</translation>
    </message>
    <message>
        <source>shop.test 192.168.1.20</source>
        <translation>shop.test 192.168.1.20</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>Erneuern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It is for localhost, 127.0.0.1 and ::1, and for these names and addresses beside them, with blanks between:</source>
        <translation>Es ist für localhost, 127.0.0.1 und ::1 und daneben für diese Namen und Adressen, mit Leerzeichen dazwischen:</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RepeatFields</name>
    <message>
        <source>Start repeating</source>
        <translation>Wiederholen starten</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>Time from one sending to the next</source>
        <translation>Zeit von einem Senden zum nächsten</translation>
    </message>
    <message>
        <source>Each sending is early or late by a random time of up to this much</source>
        <translation>Jedes Senden kommt um eine zufällige Zeit bis zu diesem Wert früher oder später</translation>
    </message>
    <message>
        <source>until stopped</source>
        <translation>bis gestoppt</translation>
    </message>
    <message>
        <source> times</source>
        <translation> Mal</translation>
    </message>
    <message>
        <source>How many times it is sent</source>
        <translation>Wie oft sie gesendet wird</translation>
    </message>
    <message>
        <source>Do not repeat (what runs goes on)</source>
        <translation>Nicht wiederholen (was läuft, läuft weiter)</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Repeating</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RepeatList</name>
    <message>
        <source>every %1</source>
        <translation>alle %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>%1 gesendet</translation>
    </message>
    <message>
        <source>, %1 left out</source>
        <translation>, %1 ausgelassen</translation>
    </message>
    <message>
        <source>, next in %1 s</source>
        <translation>, nächste in %1 s</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alle stoppen</translation>
    </message>
    <message>
        <source>Repeats %1 to %2: %3</source>
        <translation>Wiederholt %1 an %2: %3</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message numerus="yes">
        <source>%1 messages are repeated</source>
        <translation>
            <numerusform>%1 Nachricht wird wiederholt</numerusform>
            <numerusform>%1 Nachrichten werden wiederholt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, nobody there: %1 ticks skipped</source>
        <translation>
            <numerusform>, niemand da: %1 Takt ausgelassen</numerusform>
            <numerusform>, niemand da: %1 Takte ausgelassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::Repeats</name>
    <message>
        <source>Repeating to %1 ended after %2 of %3: %4</source>
        <translation>Das Wiederholen an %1 endete nach %2 von %3: %4</translation>
    </message>
    <message>
        <source>Repeating to %1 ended after %2: %3</source>
        <translation>Das Wiederholen an %1 endete nach %2: %3</translation>
    </message>
    <message>
        <source> (%1 were due while the window or the server was busy, and left out)</source>
        <translation> (%1 waren fällig, während Fenster oder Server beschäftigt war, und sind ausgelassen)</translation>
    </message>
    <message>
        <source>its target is gone</source>
        <translation>das Ziel ist nicht mehr da</translation>
    </message>
    <message>
        <source>all are sent</source>
        <translation>alle sind gesendet</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RunTableModel</name>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RunsPanel</name>
    <message>
        <source>&amp;Export...</source>
        <translation>&amp;Exportieren...</translation>
    </message>
    <message>
        <source>Save the selected run as a page with plots, or as JSON</source>
        <translation>Den ausgewählten Lauf als Seite mit Kurven oder als JSON sichern</translation>
    </message>
    <message>
        <source>Delete the selected runs, after a question</source>
        <translation>Die ausgewählten Läufe nach einer Rückfrage löschen</translation>
    </message>
    <message>
        <source>What has run is kept here.</source>
        <translation>Was gelaufen ist, wird hier aufbewahrt.</translation>
    </message>
    <message>
        <source>Delete the selected runs</source>
        <translation>Die ausgewählten Läufe löschen</translation>
    </message>
    <message>
        <source>Select a run to see its figures, or two to compare them.</source>
        <translation>Wählen Sie einen Lauf aus, um seine Zahlen zu sehen, oder zwei zum Vergleichen.</translation>
    </message>
    <message>
        <source>Comparing two runs; the earlier one is dashed in the plots</source>
        <translation>Vergleich zweier Läufe; der frühere ist in den Kurven gestrichelt</translation>
    </message>
    <message numerus="yes">
        <source>%1 past runs</source>
        <translation>
            <numerusform>%1 bisheriger Lauf</numerusform>
            <numerusform>%1 bisherige Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete runs</source>
        <translation>Läufe löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %1 runs?</source>
        <translation>
            <numerusform>%1 Lauf löschen?</numerusform>
            <numerusform>%1 Läufe löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Their reports are deleted from the disk. This cannot be undone.</source>
        <translation>Ihre Berichte werden von der Platte gelöscht. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Not all could be deleted: look whether you may write to %1.</source>
        <translation>Nicht alle konnten gelöscht werden: Sehen Sie nach, ob Sie in %1 schreiben dürfen.</translation>
    </message>
    <message>
        <source>Export run</source>
        <translation>Lauf exportieren</translation>
    </message>
    <message>
        <source>Page with plots (*.html)</source>
        <translation>Seite mit Kurven (*.html)</translation>
    </message>
    <message>
        <source>Report (*.json)</source>
        <translation>Bericht (*.json)</translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation>Exportiert nach %1.</translation>
    </message>
    <message>
        <source>Not exported: %1.</source>
        <translation>Nicht exportiert: %1.</translation>
    </message>
    <message>
        <source>De&amp;lete...</source>
        <translation>&amp;Löschen...</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::SendTarget</name>
    <message>
        <source>Nobody passes the filter</source>
        <translation>Niemand passt zum Filter</translation>
    </message>
    <message>
        <source>Nobody is on this endpoint</source>
        <translation>Niemand ist auf diesem Endpunkt</translation>
    </message>
    <message>
        <source>Waiting for the page</source>
        <translation>Wartet auf die Seite</translation>
    </message>
    <message>
        <source>Choose a connection</source>
        <translation>Verbindung wählen</translation>
    </message>
    <message>
        <source>Send to %1</source>
        <translation>An %1 senden</translation>
    </message>
    <message numerus="yes">
        <source>%1 connections</source>
        <translation>
            <numerusform>%1 Verbindung</numerusform>
            <numerusform>%1 Verbindungen</numerusform>
        </translation>
    </message>
    <message>
        <source>all %1</source>
        <translation>alle %1</translation>
    </message>
    <message>
        <source>%1, all but %2</source>
        <translation>%1, alle außer %2</translation>
    </message>
    <message>
        <source>%1 that pass %2</source>
        <translation>%1 (Filter: %2)</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Write a filter of connections</source>
        <translation>Filter für Verbindungen eingeben</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ServerBars</name>
    <message>
        <source>%1 on %2</source>
        <comment>port on address</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Port %1 is used by %2 (pid %3).</source>
        <translation>Port %1 wird von %2 benutzt (PID %3).</translation>
    </message>
    <message>
        <source>Port %1 is used by the program with pid %2.</source>
        <translation>Port %1 wird vom Programm mit der PID %2 benutzt.</translation>
    </message>
    <message>
        <source>Port %1 is used by another program.</source>
        <translation>Port %1 wird von einem anderen Programm benutzt.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Edit the lists</source>
        <translation>Listen bearbeiten</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Almost any web page may connect:</source>
        <translation>Fast jede Webseite darf sich verbinden:</translation>
    </message>
    <message>
        <source>the origin list holds %1.</source>
        <translation>die Origin-Liste enthält %1.</translation>
    </message>
    <message>
        <source>Jackfield answers to almost any name:</source>
        <translation>Jackfield antwortet auf fast jeden Namen:</translation>
    </message>
    <message>
        <source>the host list holds %1, so DNS rebinding is not stopped.</source>
        <translation>die Host-Liste enthält %1, DNS-Rebinding wird also nicht verhindert.</translation>
    </message>
    <message>
        <source>The host list could not be used:</source>
        <translation>Die Host-Liste war nicht zu gebrauchen:</translation>
    </message>
    <message>
        <source>The origin list could not be used:</source>
        <translation>Die Origin-Liste war nicht zu gebrauchen:</translation>
    </message>
    <message>
        <source>Browsers that open localhost may reach it instead.</source>
        <translation>Browser, die localhost öffnen, erreichen womöglich dieses.</translation>
    </message>
    <message>
        <source>Not listening on %1:</source>
        <translation>Lauscht nicht auf %1:</translation>
    </message>
    <message>
        <source>Use %1 this time</source>
        <translation>Diesmal %1 nehmen</translation>
    </message>
    <message>
        <source>Not saved:</source>
        <translation>Nicht gespeichert:</translation>
    </message>
    <message>
        <source>%1 The changes are in force and kept in memory.</source>
        <translation>%1 Die Änderungen gelten und sind im Speicher.</translation>
    </message>
    <message>
        <source>Certificate and trust...</source>
        <translation>Zertifikat und Vertrauen...</translation>
    </message>
    <message>
        <source>wss:// is not served: the key of your certificate is encrypted, and its passphrase is needed.</source>
        <translation>wss:// wird nicht bedient: Der Schlüssel Ihres Zertifikats ist verschlüsselt, und seine Passphrase wird gebraucht.</translation>
    </message>
    <message>
        <source>The certificate for wss://: %1.</source>
        <translation>Das Zertifikat für wss://: %1.</translation>
    </message>
    <message>
        <source>The certificate for wss:// has ended: browsers refuse it.</source>
        <translation>Das Zertifikat für wss:// ist abgelaufen: Browser lehnen es ab.</translation>
    </message>
    <message numerus="yes">
        <source>The certificate for wss:// ends in %1 days.</source>
        <translation>
            <numerusform>Das Zertifikat für wss:// läuft in %1 Tag ab.</numerusform>
            <numerusform>Das Zertifikat für wss:// läuft in %1 Tagen ab.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle anzeigen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <comment>notices</comment>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>The certificate for wss:// is not valid yet: browsers refuse it.</source>
        <translation>Das Zertifikat für wss:// ist noch nicht gültig: Browser lehnen es ab.</translation>
    </message>
    <message>
        <source>Show the endpoint</source>
        <translation>Den Endpunkt zeigen</translation>
    </message>
    <message>
        <source>Any web page may connect:</source>
        <translation>Jede Webseite darf sich verbinden:</translation>
    </message>
    <message>
        <source>whatever the list of origins says, it may open %1.</source>
        <translation>egal, was in der Origin-Liste steht, sie darf %1 öffnen.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ServerToolbar</name>
    <message>
        <source>Copy ▾</source>
        <translation>Kopieren ▾</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>&amp;new WebSocket(&quot;...&quot;)</source>
        <translation>&amp;new WebSocket(&quot;...&quot;)</translation>
    </message>
    <message>
        <source>Address of the &amp;test page</source>
        <translation>Adresse der &amp;Testseite</translation>
    </message>
    <message>
        <source>Open test page</source>
        <translation>Testseite</translation>
    </message>
    <message>
        <source>Filter connections</source>
        <translation>Verbindungen filtern</translation>
    </message>
    <message>
        <source>For example: chat origin:localhost -is:closed  (Ctrl+K)</source>
        <translation>Zum Beispiel: chat origin:localhost -is:closed  (Strg+K)</translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation>■ Stoppen</translation>
    </message>
    <message>
        <source>▶ Start</source>
        <translation>▶ Starten</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Lauscht</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Stop listening and close every connection with 1001</source>
        <translation>Nicht mehr lauschen und jede Verbindung mit 1001 schließen</translation>
    </message>
    <message>
        <source>Start listening</source>
        <translation>Lauschen beginnen</translation>
    </message>
    <message>
        <source>not listening</source>
        <translation>lauscht nicht</translation>
    </message>
    <message>
        <source>Copied %1</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>No browser could be opened. Open %1 yourself.</source>
        <translation>Kein Browser ließ sich öffnen. Öffnen Sie %1 selbst.</translation>
    </message>
    <message>
        <source>Address with &amp;wss://</source>
        <translation>Adresse mit &amp;wss://</translation>
    </message>
    <message>
        <source>n&amp;ew WebSocket(&quot;wss://...&quot;)</source>
        <translation>n&amp;ew WebSocket(&quot;wss://...&quot;)</translation>
    </message>
    <message>
        <source>Address of the test page with &amp;https://</source>
        <translation>Adresse der Testseite mit &amp;https://</translation>
    </message>
    <message>
        <source>&amp;Listeners...</source>
        <translation>A&amp;dressen...</translation>
    </message>
    <message>
        <source>Also %1</source>
        <translation>Auch %1</translation>
    </message>
    <message>
        <source>Nothing is copied: the server is stopped and has no address</source>
        <translation>Nichts kopiert: Der Server ist angehalten und hat keine Adresse</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ShortcutDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Filter by words or keys</source>
        <translation>Nach Wörtern oder Tasten filtern</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the selected lines, or all that are shown</source>
        <translation>Die ausgewählten Zeilen kopieren, oder alle gezeigten</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::SidePanel</name>
    <message numerus="yes">
        <source>%1 need you</source>
        <translation>
            <numerusform>%1 wartet auf Sie</numerusform>
            <numerusform>%1 warten auf Sie</numerusform>
        </translation>
    </message>
    <message>
        <source>More pages</source>
        <translation>Weitere Seiten</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%2 need you)</source>
        <translation>
            <numerusform>%1 (%2 wartet auf Sie)</numerusform>
            <numerusform>%1 (%2 warten auf Sie)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::SockJsFields</name>
    <message>
        <source>any page may connect</source>
        <translation>jede Seite darf sich verbinden</translation>
    </message>
    <message>
        <source>Whatever the list of origins says: every page that a browser on this machine shows can use it.</source>
        <translation>Was auch in der Origin-Liste steht: Jede Seite, die ein Browser auf diesem Rechner zeigt, kann ihn benutzen.</translation>
    </message>
    <message>
        <source>reachable without WebSocket (SockJS)</source>
        <translation>ohne WebSocket erreichbar (SockJS)</translation>
    </message>
    <message>
        <source>SockJS needs a path of its own, such as /echo: no * and no / at its end, not / itself, at most 256 bytes.</source>
        <translation>SockJS braucht einen eigenen Pfad wie /echo: weder * noch / am Ende, nicht / selbst, höchstens 256 Bytes.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>It carries no Origin: any page could use it in your name.</source>
        <translation>Es bringt keinen Origin mit: Jede Seite könnte es in Ihrem Namen benutzen.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>After so much silence the page gets a frame without content.</source>
        <translation>Nach so langer Stille bekommt die Seite einen Frame ohne Inhalt.</translation>
    </message>
    <message>
        <source>A session ends when nobody asks for its messages for so long.</source>
        <translation>Eine Sitzung endet, wenn so lange niemand nach ihren Nachrichten fragt.</translation>
    </message>
    <message>
        <source> bytes</source>
        <translation> Bytes</translation>
    </message>
    <message>
        <source>After so many bytes a streamed answer ends and the page asks anew.</source>
        <translation>Nach so vielen Bytes endet eine gestreamte Antwort, und die Seite fragt neu an.</translation>
    </message>
    <message>
        <source>set a cookie for load balancers (JSESSIONID)</source>
        <translation>ein Cookie für Lastverteiler setzen (JSESSIONID)</translation>
    </message>
    <message>
        <source>Where the page in a frame loads the client from: a path on this server or an http(s) address.</source>
        <translation>Woher die Seite in einem Rahmen den Client lädt: ein Pfad auf diesem Server oder eine http(s)-Adresse.</translation>
    </message>
    <message>
        <source>htmlfile and jsonp carry no Origin: where they are permitted, any page can use them in your name.</source>
        <translation>htmlfile und jsonp bringen keinen Origin mit: Wo sie erlaubt sind, kann jede Seite sie in Ihrem Namen benutzen.</translation>
    </message>
    <message>
        <source>htmlfile and jsonp are off since they carry no Origin: any page could use them in your name.</source>
        <translation>htmlfile und jsonp sind aus, weil sie keinen Origin mitbringen: Jede Seite könnte sie in Ihrem Namen benutzen.</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>Lebenszeichen</translation>
    </message>
    <message>
        <source>Given up after</source>
        <translation>Aufgegeben nach</translation>
    </message>
    <message>
        <source>Answer ends after</source>
        <translation>Antwort endet nach</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::StatusLine</name>
    <message>
        <source>%1 open · %2 closed ·</source>
        <translation>%1 offen · %2 geschlossen ·</translation>
    </message>
    <message>
        <source>Nothing missed</source>
        <translation>Nichts verpasst</translation>
    </message>
    <message>
        <source>%1 missed</source>
        <translation>%1 verpasst</translation>
    </message>
    <message>
        <source>%1 refused</source>
        <translation>%1 abgewiesen</translation>
    </message>
    <message numerus="yes">
        <source>%1 older messages dropped</source>
        <translation>
            <numerusform>%1 ältere Nachricht verworfen</numerusform>
            <numerusform>%1 ältere Nachrichten verworfen</numerusform>
        </translation>
    </message>
    <message>
        <source>Messages or events that came faster than the window could take them. The connections themselves lost nothing.</source>
        <translation>Nachrichten oder Ereignisse, die schneller kamen, als das Fenster sie aufnehmen konnte. Die Verbindungen selbst haben nichts verloren.</translation>
    </message>
    <message>
        <source>Network: %1</source>
        <translation>Netzwerk: %1</translation>
    </message>
    <message>
        <source>Network: %1 addresses</source>
        <translation>Netzwerk: %1 Adressen</translation>
    </message>
    <message>
        <source>Other machines can reach these addresses</source>
        <translation>Andere Rechner erreichen diese Adressen</translation>
    </message>
    <message>
        <source>Stop listening on %1</source>
        <translation>Auf %1 nicht mehr lauschen</translation>
    </message>
    <message>
        <source>Stopped listening there</source>
        <translation>Lauscht dort nicht mehr</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TailTable</name>
    <message>
        <source>%1 new</source>
        <extracomment>a button that goes to the newest rows of a table; %1 is a number</extracomment>
        <translation>%1 neue</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>Erste Zeile</translation>
    </message>
    <message>
        <source>Last row, and stay there</source>
        <translation>Letzte Zeile, und dort bleiben</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TargetControls</name>
    <message>
        <source>Pin target</source>
        <translation>Ziel anheften</translation>
    </message>
    <message>
        <source>Keep sending to the same connections, whatever is selected</source>
        <translation>Weiter an dieselben Verbindungen senden, was auch ausgewählt ist</translation>
    </message>
    <message>
        <source>Whom to send to</source>
        <translation>An wen gesendet wird</translation>
    </message>
    <message>
        <source>Selected connections</source>
        <translation>Ausgewählte Verbindungen</translation>
    </message>
    <message>
        <source>All connections</source>
        <translation>Alle Verbindungen</translation>
    </message>
    <message>
        <source>All but the selected</source>
        <translation>Alle außer den ausgewählten</translation>
    </message>
    <message>
        <source>Those that pass a filter</source>
        <translation>Die zu einem Filter passen</translation>
    </message>
    <message>
        <source>On an endpoint</source>
        <translation>Auf einem Endpunkt</translation>
    </message>
    <message>
        <source>The page that is followed</source>
        <translation>Die gefolgte Seite</translation>
    </message>
    <message>
        <source>Filter: words, origin:, path:</source>
        <translation>Filter: Wörter, origin:, path:</translation>
    </message>
    <message>
        <source>To selected</source>
        <translation>An Auswahl</translation>
    </message>
    <message>
        <source>To all</source>
        <translation>An alle</translation>
    </message>
    <message>
        <source>To all but selected</source>
        <translation>An alle außer Auswahl</translation>
    </message>
    <message>
        <source>To filtered</source>
        <translation>An gefilterte</translation>
    </message>
    <message>
        <source>To endpoint</source>
        <translation>An Endpunkt</translation>
    </message>
    <message>
        <source>To the page</source>
        <translation>An die Seite</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TemplateModel</name>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>binär</translation>
    </message>
    <message>
        <source>ping</source>
        <translation>ping</translation>
    </message>
    <message>
        <source>pong</source>
        <translation>pong</translation>
    </message>
    <message>
        <source>close</source>
        <translation>close</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>roh</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(ohne Namen)</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Ctrl+%1 sends it at once</source>
        <translation>Strg+%1 sendet sie sofort</translation>
    </message>
    <message>
        <source>Ctrl+%1 puts it into the composer</source>
        <translation>Strg+%1 setzt sie ins Eingabefeld</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>A template holds at most %1; this message has %2.</source>
        <translation>Eine Vorlage fasst höchstens %1; diese Nachricht hat %2.</translation>
    </message>
    <message>
        <source>All templates together hold at most %1.</source>
        <translation>Alle Vorlagen zusammen fassen höchstens %1.</translation>
    </message>
    <message>
        <source>There are at most %1 templates and folders.</source>
        <translation>Es gibt höchstens %1 Vorlagen und Ordner.</translation>
    </message>
    <message>
        <source>Folders stand at most %1 deep in folders.</source>
        <translation>Ordner stehen höchstens %1 tief in Ordnern.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TemplatePanel</name>
    <message>
        <source>Empty text</source>
        <translation>Leerer Text</translation>
    </message>
    <message>
        <source>Binary, %1</source>
        <translation>Binär, %1</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>Pong</source>
        <translation>Pong</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>Close %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Raw frames</source>
        <translation>Rohe Frames</translation>
    </message>
    <message>
        <source>+ Template</source>
        <translation>+ Vorlage</translation>
    </message>
    <message>
        <source>Keep what stands in the composer (Ctrl+S there)</source>
        <translation>Aufheben, was im Eingabefeld steht (dort Strg+S)</translation>
    </message>
    <message>
        <source>+ Folder</source>
        <translation>+ Ordner</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Messages that you send often. Save what stands in the composer with Ctrl+S, or a message of the table with its menu.

A template may hold {{counter}}, {{now}}, {{unixtime}}, {{random}} and {{uuid}}; they are expanded when it is sent.</source>
        <translation>Nachrichten, die Sie oft senden. Sichern Sie, was im Eingabefeld steht, mit Strg+S, oder eine Nachricht der Tabelle über deren Menü.

Eine Vorlage darf {{counter}}, {{now}}, {{unixtime}}, {{random}} und {{uuid}} enthalten; sie werden beim Senden ersetzt.</translation>
    </message>
    <message>
        <source>Put into the composer</source>
        <translation>Ins Eingabefeld setzen</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Jetzt senden</translation>
    </message>
    <message>
        <source>Replace by what is composed</source>
        <translation>Durch Verfasstes ersetzen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Its key sends at once</source>
        <translation>Ihre Taste sendet sofort</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move into the folder above</source>
        <translation>In den Ordner darüber</translation>
    </message>
    <message>
        <source>Move out of its folder</source>
        <translation>Aus dem Ordner heraus</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>%1 holds now what is composed.</source>
        <translation>%1 enthält jetzt das Verfasste.</translation>
    </message>
    <message>
        <source>The folder %1 is deleted with what was in it.</source>
        <translation>Der Ordner %1 ist gelöscht, mit dem, was darin war.</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>%1 ist gelöscht.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TlsLock</name>
    <message>
        <source>wss</source>
        <translation>wss</translation>
    </message>
    <message>
        <source>no certificate</source>
        <translation>kein Zertifikat</translation>
    </message>
    <message>
        <source>A listener is to speak wss://, and there is no certificate to speak it with.</source>
        <translation>Eine Adresse soll wss:// sprechen, und es gibt kein Zertifikat dafür.</translation>
    </message>
    <message>
        <source>wss: not valid yet</source>
        <translation>wss: noch nicht gültig</translation>
    </message>
    <message>
        <source>The certificate is not valid yet, and browsers refuse it. Or the clock of this machine is wrong.</source>
        <translation>Das Zertifikat ist noch nicht gültig, und Browser lehnen es ab. Oder die Uhr dieses Rechners geht falsch.</translation>
    </message>
    <message>
        <source>wss: certificate ended</source>
        <translation>wss: Zertifikat abgelaufen</translation>
    </message>
    <message>
        <source>The certificate ended on %1, and browsers refuse it.</source>
        <translation>Das Zertifikat ist am %1 abgelaufen, und Browser lehnen es ab.</translation>
    </message>
    <message numerus="yes">
        <source>wss: ends in %1 days</source>
        <translation>
            <numerusform>wss: endet in %1 Tag</numerusform>
            <numerusform>wss: endet in %1 Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>The certificate ends on %1. Browsers refuse it from then on.</source>
        <translation>Das Zertifikat läuft am %1 ab. Von da an lehnen Browser es ab.</translation>
    </message>
    <message>
        <source>wss:// is served: TLS 1.2 and 1.3, with a certificate that is valid until %1.</source>
        <translation>wss:// wird bedient: TLS 1.2 und 1.3, mit einem Zertifikat, das bis %1 gilt.</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TlsModel</name>
    <message>
        <source>at most 100 names can be added</source>
        <translation>höchstens 100 Namen lassen sich hinzufügen</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TrustPlaces</name>
    <message>
        <source>trusts it</source>
        <translation>vertraut ihm</translation>
    </message>
    <message>
        <source>does not trust it</source>
        <translation>vertraut ihm nicht</translation>
    </message>
    <message>
        <source>does not trust it: %1</source>
        <translation>vertraut ihm nicht: %1</translation>
    </message>
    <message>
        <source>cannot be told: %1</source>
        <translation>lässt sich nicht sagen: %1</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>noch nicht nachgesehen</translation>
    </message>
    <message numerus="yes">
        <source>; %1 older ones of Jackfield are trusted there</source>
        <translation>
            <numerusform>; %1 älterem von Jackfield wird dort vertraut</numerusform>
            <numerusform>; %1 älteren von Jackfield wird dort vertraut</numerusform>
        </translation>
    </message>
    <message>
        <source>; the command below does it, with an administrator&apos;s password</source>
        <translation>; der Befehl unten tut es, mit dem Passwort eines Administrators</translation>
    </message>
    <message>
        <source>Remove trust</source>
        <translation>Vertrauen entfernen</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Vertrauen</translation>
    </message>
    <message>
        <source>That takes certutil, which is not installed</source>
        <translation>Dafür braucht es certutil, das nicht installiert ist</translation>
    </message>
    <message>
        <source>Remove trust of %1</source>
        <translation>Vertrauen von %1 entfernen</translation>
    </message>
    <message>
        <source>Trust in %1</source>
        <translation>Vertrauen in %1</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TrustStepsView</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Or, in a terminal:</source>
        <translation>Oder in einem Terminal:</translation>
    </message>
    <message>
        <source>To take it back:</source>
        <translation>Um es zurückzunehmen:</translation>
    </message>
    <message>
        <source>Commands for %1</source>
        <translation>Befehle für %1</translation>
    </message>
    <message>
        <source>Copy commands for %1</source>
        <translation>Befehle für %1 kopieren</translation>
    </message>
    <message>
        <source>Commands to undo it for %1</source>
        <translation>Befehle zum Rückgängigmachen für %1</translation>
    </message>
    <message>
        <source>Copy commands to undo it for %1</source>
        <translation>Befehle zum Rückgängigmachen für %1 kopieren</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TryIt</name>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>http://localhost:5173 (empty: none)</source>
        <translation>http://localhost:5173 (leer: keiner)</translation>
    </message>
    <message>
        <source>&amp;Origin</source>
        <translation>&amp;Origin</translation>
    </message>
    <message>
        <source>Type a host and an origin.</source>
        <translation>Geben Sie einen Host und einen Origin ein.</translation>
    </message>
    <message>
        <source>✓ Would be let in</source>
        <translation>✓ Käme herein</translation>
    </message>
    <message>
        <source>✗ Would be refused: its %1 is blocked for now</source>
        <translation>✗ Würde abgewiesen: vorerst gesperrt (%1)</translation>
    </message>
    <message>
        <source>✗ Would be refused</source>
        <translation>✗ Würde abgewiesen</translation>
    </message>
    <message>
        <source>Hos&amp;t</source>
        <translation>Hos&amp;t</translation>
    </message>
</context>
<context>
    <name>jackfield::ui::WhyNotDialog</name>
    <message>
        <source>The page uses another address</source>
        <translation>Die Seite nimmt eine andere Adresse</translation>
    </message>
    <message>
        <source>It must say %1: the same port, and ws:// instead of wss://, http:// or https://.</source>
        <translation>Dort muss %1 stehen: derselbe Port, und ws:// statt wss://, http:// oder https://.</translation>
    </message>
    <message>
        <source>The browser asks first, or refuses</source>
        <translation>Der Browser fragt erst oder verweigert es</translation>
    </message>
    <message>
        <source>A page from the internet needs a permission to reach this machine (in Chrome: Local Network Access). Without it the browser stops before one byte is sent. Look for a question beside the address bar, or in the site settings.</source>
        <translation>Eine Seite aus dem Internet braucht eine Erlaubnis, um diesen Rechner zu erreichen (in Chrome: Local Network Access). Ohne sie hält der Browser an, bevor ein Byte gesendet ist. Suchen Sie eine Frage neben der Adressleiste oder in den Website-Einstellungen.</translation>
    </message>
    <message>
        <source>The page was loaded over https</source>
        <translation>Die Seite wurde über https geladen</translation>
    </message>
    <message>
        <source>Such a page may open ws:// to localhost only; to any other address the browser calls it mixed content and refuses.</source>
        <translation>Eine solche Seite darf ws:// nur zu localhost öffnen; bei jeder anderen Adresse nennt der Browser es Mixed Content und verweigert es.</translation>
    </message>
    <message>
        <source>“localhost” is another machine</source>
        <translation>„localhost“ ist ein anderer Rechner</translation>
    </message>
    <message>
        <source>Inside a container, a virtual machine, a remote desktop or on a phone, localhost is that machine and not this one. For a phone, choose Use from a phone.</source>
        <translation>In einem Container, einer virtuellen Maschine, einem entfernten Desktop oder auf einem Telefon ist localhost jenes Gerät und nicht dieses. Für ein Telefon wählen Sie „Vom Telefon nutzen“.</translation>
    </message>
    <message>
        <source>The page&apos;s Content-Security-Policy</source>
        <translation>Die Content-Security-Policy der Seite</translation>
    </message>
    <message>
        <source>connect-src must name this address, or the browser refuses by itself. Its console says so.</source>
        <translation>connect-src muss diese Adresse nennen, sonst verweigert es der Browser von sich aus. Seine Konsole sagt es.</translation>
    </message>
    <message>
        <source>Something stands between</source>
        <translation>Etwas steht dazwischen</translation>
    </message>
    <message>
        <source>A proxy, a VPN, a firewall or an extension that blocks content can swallow the connection. Try a private window without extensions.</source>
        <translation>Ein Proxy, ein VPN, eine Firewall oder eine Erweiterung, die Inhalte blockiert, kann die Verbindung schlucken. Versuchen Sie ein privates Fenster ohne Erweiterungen.</translation>
    </message>
    <message>
        <source>The page says it failed</source>
        <translation>Die Seite meldet einen Fehler</translation>
    </message>
    <message>
        <source>Show refused attempts</source>
        <translation>Abgewiesene Versuche zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Jackfield is stopped: nothing can reach it. Press Start first.</source>
        <translation>Jackfield ist gestoppt: nichts kann es erreichen. Drücken Sie erst Starten.</translation>
    </message>
    <message>
        <source>Something did reach this server and was turned away (%1 so far). The refused attempts say why and how to let it in.</source>
        <translation>Etwas hat diesen Server erreicht und wurde abgewiesen (bisher %1). Die abgewiesenen Versuche sagen, warum und wie es hereinkommt.</translation>
    </message>
    <message>
        <source>Connections do reach this server (%1 so far), so the page in question does not get this far. The usual causes:</source>
        <translation>Verbindungen erreichen diesen Server (bisher %1), die fragliche Seite kommt also nicht so weit. Die üblichen Ursachen:</translation>
    </message>
    <message>
        <source>Nothing has reached this server. The usual causes:</source>
        <translation>Nichts hat diesen Server erreicht. Die üblichen Ursachen:</translation>
    </message>
    <message>
        <source>Something did reach this server and was turned away (%1 so far). The list of refused attempts was cleared.</source>
        <translation>Etwas hat diesen Server erreicht und wurde abgewiesen (bisher %1). Die Liste der abgewiesenen Versuche wurde geleert.</translation>
    </message>
    <message>
        <source>Something has reached this server, but no complete request for a WebSocket. The usual causes:</source>
        <translation>Etwas hat diesen Server erreicht, aber keine vollständige Anfrage nach einem WebSocket. Die üblichen Ursachen:</translation>
    </message>
    <message>
        <source>More has reached this server than could be listed, so the page&apos;s attempt may be missing among the refused ones. The usual causes:</source>
        <translation>Bei diesem Server ist mehr angekommen, als aufgelistet werden konnte; der Versuch der Seite fehlt also vielleicht unter den abgewiesenen. Die üblichen Ursachen:</translation>
    </message>
    <message>
        <source>It must say %1: the same port, and wss:// instead of ws://, http:// or https://.</source>
        <translation>Sie muss %1 sagen: derselbe Port, und wss:// statt ws://, http:// oder https://.</translation>
    </message>
    <message>
        <source>It must say %1 or %2: the same port, and no http:// or https://.</source>
        <translation>Sie muss %1 oder %2 sagen: derselbe Port, und kein http:// oder https://.</translation>
    </message>
    <message>
        <source>Such a page may open ws:// to localhost only; to any other address the browser calls it mixed content and refuses. Use wss:// there: %1.</source>
        <translation>Eine solche Seite darf ws:// nur zu localhost öffnen; zu jeder anderen Adresse nennt der Browser es Mixed Content und lehnt es ab. Nehmen Sie dort wss://: %1.</translation>
    </message>
    <message>
        <source>The browser does not trust the certificate</source>
        <translation>Der Browser vertraut dem Zertifikat nicht</translation>
    </message>
    <message>
        <source>Over wss:// it refuses without a question. Open %1 in that browser: where it warns, the certificate is not trusted there yet.</source>
        <translation>Über wss:// lehnt er ohne Frage ab. Öffnen Sie %1 in diesem Browser: Wo er warnt, wird dem Zertifikat dort noch nicht vertraut.</translation>
    </message>
</context>
</TS>
