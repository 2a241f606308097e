using System.Xml;
using System.Xml.Linq;

namespace PhoneMasking.Simulator.Webhooks;

/// <summary>A message that TwiML asks for.</summary>
internal sealed record TwimlReply(string Body, IReadOnlyList<string> Media, string? To, string? From);

/// <summary>Reads the <c>&lt;Message&gt;</c> verbs of a webhook's answer.</summary>
internal static class TwimlReplies
{
    /// <summary>Twilio's limit of messages per answer (error 14109).</summary>
    private const int MostMessages = 10;

    /// <summary>The replies, in order; none when the answer is empty, plain text or not well-formed.</summary>
    public static IReadOnlyList<TwimlReply> Read(string answer)
    {
        if (!answer.AsSpan().TrimStart().StartsWith("<"))
        {
            return [];
        }

        try
        {
            using var reader = XmlReader.Create(
                new StringReader(answer),
                new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return [.. XDocument.Load(reader).Root!.Elements("Message").Take(MostMessages).Select(Read)];
        }
        catch (XmlException)
        {
            // Twilio's error 12100: logged there, and nothing is sent.
            return [];
        }
    }

    private static TwimlReply Read(XElement message)
    {
        var bodies = message.Elements("Body").ToList();
        var text = bodies.Count > 0
            ? string.Concat(bodies.Select(body => body.Value))
            : string.Concat(message.Nodes().OfType<XText>().Select(node => node.Value));
        return new(
            text.Trim(),
            [.. message.Elements("Media").Select(media => media.Value.Trim())],
            message.Attribute("to")?.Value,
            message.Attribute("from")?.Value);
    }
}
