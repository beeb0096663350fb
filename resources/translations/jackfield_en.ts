<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>ClosingQuestion</name>
    <message numerus="yes">
        <source>%1 still wait to be sent to %2 of them.</source>
        <comment>of the open connections</comment>
        <translation>
            <numerusform>%1 still wait to be sent to %2 of them.</numerusform>
            <numerusform>%1 still wait to be sent to %2 of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Close %1 open connections?</source>
        <translation>
            <numerusform>Close %1 open connection?</numerusform>
            <numerusform>Close %1 open connections?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventWords</name>
    <message numerus="yes">
        <source>; %1 messages from the browser</source>
        <translation>
            <numerusform>; %1 message from the browser</numerusform>
            <numerusform>; %1 messages from the browser</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 times</source>
        <translation>
            <numerusform>%1 time</numerusform>
            <numerusform>%1 times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The limit of %1 connections refused newcomers: %2</source>
        <translation>
            <numerusform>The limit of %1 connection refused newcomers: %2</numerusform>
            <numerusform>The limit of %1 connections refused newcomers: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The limit of %1 sockets that wait for a handshake dropped the oldest: %2</source>
        <translation>
            <numerusform>The limit of %1 socket that waits for a handshake dropped the oldest: %2</numerusform>
            <numerusform>The limit of %1 sockets that wait for a handshake dropped the oldest: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 events came faster than they could be listed and are missing here</source>
        <translation>
            <numerusform>%1 event came faster than it could be listed and is missing here</numerusform>
            <numerusform>%1 events came faster than they could be listed and are missing here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::AllowListEditor</name>
    <message numerus="yes">
        <source>%1 entries were removed.</source>
        <translation>
            <numerusform>%1 entry was removed.</numerusform>
            <numerusform>%1 entries were removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::BenchmarkWindow</name>
    <message numerus="yes">
        <source>%1 connections</source>
        <translation>
            <numerusform>%1 connection</numerusform>
            <numerusform>%1 connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 errors</source>
        <translation>
            <numerusform>%1 error</numerusform>
            <numerusform>%1 errors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::CaptureGauge</name>
    <message numerus="yes">
        <source>%1 messages and control frames are kept</source>
        <translation>
            <numerusform>%1 message or control frame is kept</numerusform>
            <numerusform>%1 messages and control frames are kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 older ones gave way to newer ones</source>
        <translation>
            <numerusform>%1 older one gave way to newer ones</numerusform>
            <numerusform>%1 older ones gave way to newer ones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 were larger than %2, so their content was not kept</source>
        <translation>
            <numerusform>%1 was larger than %2, so its content was not kept</numerusform>
            <numerusform>%1 were larger than %2, so their content was not kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::CertificateFactsView</name>
    <message numerus="yes">
        <source>and %1 more</source>
        <translation>
            <numerusform>and %1 more</numerusform>
            <numerusform>and %1 more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>until %1, %2 days left</source>
        <translation>
            <numerusform>until %1, %2 day left</numerusform>
            <numerusform>until %1, %2 days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::Composer</name>
    <message numerus="yes">
        <source>Nothing was put in: those %1 bytes are not UTF-8 text.</source>
        <translation>
            <numerusform>Nothing was put in: that %1 byte is not UTF-8 text.</numerusform>
            <numerusform>Nothing was put in: those %1 bytes are not UTF-8 text.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 pieces</source>
        <translation>
            <numerusform>%1 piece</numerusform>
            <numerusform>%1 pieces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ConnectionModel</name>
    <message numerus="yes">
        <source>%1 messages from browser</source>
        <translation>
            <numerusform>%1 message from browser</numerusform>
            <numerusform>%1 messages from browser</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 messages to browser</source>
        <translation>
            <numerusform>%1 message to browser</numerusform>
            <numerusform>%1 messages to browser</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ExportStrip</name>
    <message numerus="yes">
        <source>Exporting to %1: %2 of %3 messages, %4</source>
        <translation>
            <numerusform>Exporting to %1: %2 of %3 message, %4</numerusform>
            <numerusform>Exporting to %1: %2 of %3 messages, %4</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 messages</source>
        <translation>
            <numerusform>%1 message</numerusform>
            <numerusform>%1 messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 connections</source>
        <comment>messages of %1 connections</comment>
        <translation>
            <numerusform>%1 connection</numerusform>
            <numerusform>%1 connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 control and raw frames are left out: HAR has no place for them.</source>
        <translation>
            <numerusform>%1 control or raw frame is left out: HAR has no place for it.</numerusform>
            <numerusform>%1 control and raw frames are left out: HAR has no place for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 gave way to newer ones meanwhile.</source>
        <translation>
            <numerusform>%1 gave way to newer ones meanwhile.</numerusform>
            <numerusform>%1 gave way to newer ones meanwhile.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::FragmentationFields</name>
    <message numerus="yes">
        <source>%1 given sizes</source>
        <translation>
            <numerusform>%1 given size</numerusform>
            <numerusform>%1 given sizes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::FrameModel</name>
    <message numerus="yes">
        <source>%1 bytes of payload, the length in %2 bits</source>
        <translation>
            <numerusform>%1 byte of payload, the length in %2 bits</numerusform>
            <numerusform>%1 bytes of payload, the length in %2 bits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::KickPopover</name>
    <message numerus="yes">
        <source>Kick %1 connections</source>
        <translation>
            <numerusform>Kick %1 connection</numerusform>
            <numerusform>Kick %1 connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 have no origin and are not refused.</source>
        <translation>
            <numerusform>%1 has no origin and is not refused.</numerusform>
            <numerusform>%1 have no origin and are not refused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 have no origin: addresses are refused.</source>
        <translation>
            <numerusform>%1 has no origin: addresses are refused.</numerusform>
            <numerusform>%1 have no origin: addresses are refused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %1 have no origin and are not refused</source>
        <translation>
            <numerusform>; %1 has no origin and is not refused</numerusform>
            <numerusform>; %1 have no origin and are not refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::MainWindow</name>
    <message numerus="yes">
        <source>%1 connections</source>
        <translation>
            <numerusform>%1 connection</numerusform>
            <numerusform>%1 connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>has %1 open connections. Which one do you mean?</source>
        <translation>
            <numerusform>has %1 open connection. Which one do you mean?</numerusform>
            <numerusform>has %1 open connections. Which one do you mean?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete all %1 messages that are kept?</source>
        <translation>
            <numerusform>Delete the %1 message that is kept?</numerusform>
            <numerusform>Delete all %1 messages that are kept?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::MessageDetail</name>
    <message numerus="yes">
        <source>%1 bytes are not UTF-8 and show as � (at %2); Hex has the bytes.</source>
        <translation>
            <numerusform>%1 byte is not UTF-8 and shows as � (at %2); Hex has the byte.</numerusform>
            <numerusform>%1 bytes are not UTF-8 and show as � (at %2); Hex has the bytes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::MessageModel</name>
    <message numerus="yes">
        <source>%1, %2 on the wire, %3 frame(s)</source>
        <translation>
            <numerusform>%1, %2 on the wire, %3 frame</numerusform>
            <numerusform>%1, %2 on the wire, %3 frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RecordingWindow</name>
    <message numerus="yes">
        <source>%1 messages</source>
        <translation>
            <numerusform>%1 message</numerusform>
            <numerusform>%1 messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 connections</source>
        <comment>messages of %1 connections</comment>
        <translation>
            <numerusform>%1 connection</numerusform>
            <numerusform>%1 connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %1 messages gave way to later ones.</source>
        <translation>
            <numerusform>The first message (%1) gave way to later ones.</numerusform>
            <numerusform>The first %1 messages gave way to later ones.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 messages with a missing or impossible field are left out.</source>
        <translation>
            <numerusform>%1 message with a missing or impossible field is left out.</numerusform>
            <numerusform>%1 messages with a missing or impossible field are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 messages have no content in the recording, or more than can be shown.</source>
        <translation>
            <numerusform>%1 message has no content in the recording, or more than can be shown.</numerusform>
            <numerusform>%1 messages have no content in the recording, or more than can be shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RepeatList</name>
    <message numerus="yes">
        <source>%1 messages are repeated</source>
        <translation>
            <numerusform>%1 message is repeated</numerusform>
            <numerusform>%1 messages are repeated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, nobody there: %1 ticks skipped</source>
        <translation>
            <numerusform>, nobody there: %1 tick skipped</numerusform>
            <numerusform>, nobody there: %1 ticks skipped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::RunsPanel</name>
    <message numerus="yes">
        <source>%1 past runs</source>
        <translation>
            <numerusform>%1 past run</numerusform>
            <numerusform>%1 past runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %1 runs?</source>
        <translation>
            <numerusform>Delete %1 run?</numerusform>
            <numerusform>Delete %1 runs?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::SendTarget</name>
    <message numerus="yes">
        <source>%1 connections</source>
        <translation>
            <numerusform>%1 connection</numerusform>
            <numerusform>%1 connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::ServerBars</name>
    <message numerus="yes">
        <source>The certificate for wss:// ends in %1 days.</source>
        <translation>
            <numerusform>The certificate for wss:// ends in %1 day.</numerusform>
            <numerusform>The certificate for wss:// ends in %1 days.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::SidePanel</name>
    <message numerus="yes">
        <source>%1 need you</source>
        <translation>
            <numerusform>%1 needs you</numerusform>
            <numerusform>%1 need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (%2 need you)</source>
        <translation>
            <numerusform>%1 (%2 needs you)</numerusform>
            <numerusform>%1 (%2 need you)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::StatusLine</name>
    <message numerus="yes">
        <source>%1 older messages dropped</source>
        <translation>
            <numerusform>%1 older message dropped</numerusform>
            <numerusform>%1 older messages dropped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TlsLock</name>
    <message numerus="yes">
        <source>wss: ends in %1 days</source>
        <translation>
            <numerusform>wss: ends in %1 day</numerusform>
            <numerusform>wss: ends in %1 days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jackfield::ui::TrustPlaces</name>
    <message numerus="yes">
        <source>; %1 older ones of Jackfield are trusted there</source>
        <translation>
            <numerusform>; %1 older one of Jackfield is trusted there</numerusform>
            <numerusform>; %1 older ones of Jackfield are trusted there</numerusform>
        </translation>
    </message>
</context>
</TS>
