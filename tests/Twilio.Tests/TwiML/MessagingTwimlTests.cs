using System.Xml.Linq;

using PhoneMasking.Twilio.TwiML;

namespace PhoneMasking.Twilio.Tests.TwiML;

public sealed class MessagingTwimlTests
{
    // Not a theory: half a surrogate pair does not survive the way to the test runner.
    private static readonly (string Text, string Left)[] Illegal =
    [
        ("a\0b\u0001c\u001bd\ufffee", "abcde"),
        ("\ud83dx\udc3e", "x"),
        ("x\ud83d", "x"),
    ];

    [Fact]
    public void NoMessages_IsTheEmptyResponse()
    {
        Assert.Equal("""<?xml version="1.0" encoding="UTF-8"?><Response/>""", MessagingTwiml.Write());
        Assert.Equal(MessagingTwiml.Empty, MessagingTwiml.Write());
    }

    [Fact]
    public void Message_WithEverything_IsWritten() =>
        Assert.Equal(
            """<?xml version="1.0" encoding="UTF-8"?><Response><Message to="+13035550142" from="+17205550100" """
            + """statusCallback="https://example.com/s?a=1&amp;b=2"><Body>hi</Body>"""
            + "<Media>https://example.com/a.png</Media></Message><Message><Body>bye</Body></Message></Response>",
            MessagingTwiml.Write(
                new TwimlMessage("hi")
                {
                    To = "+13035550142",
                    From = "+17205550100",
                    StatusCallback = new Uri("https://example.com/s?a=1&b=2"),
                    MediaUrls = [new Uri("https://example.com/a.png")],
                },
                new TwimlMessage("bye")));

    [Theory]
    [InlineData("<script>&amp; \"'")]
    [InlineData("]]>")]
    [InlineData("🐾 שלום é")]
    [InlineData(" two\r\nlines\ttab ")]
    public void Text_AnyLegalCharacters_AreReadBackUnchanged(string text) => Assert.Equal(text, ReadBack(text));

    [Fact]
    public void Text_CharactersThatXmlCannotHold_AreLeftOut() =>
        Assert.All(Illegal, illegal => Assert.Equal(illegal.Left, ReadBack(illegal.Text)));

    [Fact]
    public void MoreMessagesThanTwilioTakes_AreRefused()
    {
        var messages = Enumerable.Repeat(new TwimlMessage("hi"), MessagingTwiml.MaxMessages + 1).ToArray();

        Assert.Throws<ArgumentOutOfRangeException>(() => MessagingTwiml.Write(messages));
    }

    private static string? ReadBack(string text) =>
        XDocument.Parse(MessagingTwiml.Write(new TwimlMessage(text)), LoadOptions.PreserveWhitespace)
            .Descendants("Body").Single().Value;
}
