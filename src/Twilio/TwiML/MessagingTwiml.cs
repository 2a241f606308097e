using System.Text;
using System.Xml;

namespace PhoneMasking.Twilio.TwiML;

/// <summary>Writes what a webhook for an inbound text answers: nothing, or texts for Twilio to send.</summary>
public static class MessagingTwiml
{
    /// <summary>The content type of TwiML; anything else is error 12300.</summary>
    public const string ContentType = "application/xml";

    /// <summary>The answer that sends nothing.</summary>
    public const string Empty = Prolog + "<Response/>";

    /// <summary>The most messages that one inbound text may be answered with (error 14109).</summary>
    public const int MaxMessages = 10;

    private const string Prolog = """<?xml version="1.0" encoding="UTF-8"?>""";

    /// <summary>Writes an answer that sends these messages; none gives <see cref="Empty"/>.</summary>
    /// <remarks>
    /// Characters that XML cannot hold (null and other control characters, lone surrogates) are left out.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="MaxMessages"/>.</exception>
    public static string Write(params ReadOnlySpan<TwimlMessage> messages)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messages.Length, MaxMessages, nameof(messages));
        if (messages.IsEmpty)
        {
            return Empty;
        }

        var xml = new StringBuilder(Prolog).Append("<Response>");
        foreach (var message in messages)
        {
            xml.Append("<Message");
            AppendAttribute(xml, "to", message.To);
            AppendAttribute(xml, "from", message.From);
            AppendAttribute(xml, "statusCallback", message.StatusCallback?.OriginalString);
            xml.Append('>');
            AppendElement(xml, "Body", message.Body);
            foreach (var mediaUrl in message.MediaUrls)
            {
                AppendElement(xml, "Media", mediaUrl.OriginalString);
            }

            xml.Append("</Message>");
        }

        return xml.Append("</Response>").ToString();
    }

    private static void AppendAttribute(StringBuilder xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.Append(' ').Append(name).Append("=\"");
            AppendText(xml, value);
            xml.Append('"');
        }
    }

    private static void AppendElement(StringBuilder xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.Append('<').Append(name).Append('>');
            AppendText(xml, value);
            xml.Append("</").Append(name).Append('>');
        }
    }

    private static void AppendText(StringBuilder xml, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], character))
            {
                xml.Append(character).Append(text[++i]);
            }
            else if (XmlConvert.IsXmlChar(character))
            {
                AppendEscaped(xml, character);
            }
        }
    }

    private static void AppendEscaped(StringBuilder xml, char character) =>
        _ = character switch
        {
            '&' => xml.Append("&amp;"),
            '<' => xml.Append("&lt;"),
            '>' => xml.Append("&gt;"),
            '"' => xml.Append("&quot;"),

            // Written as themselves, a parser would make line feeds or spaces of them.
            '\r' or '\n' or '\t' => xml.Append("&#").Append((int)character).Append(';'),
            _ => xml.Append(character),
        };
}
