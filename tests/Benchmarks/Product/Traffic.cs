using System.Globalization;
using System.Text;
using PhoneMasking.Benchmarks.Load;
using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.Benchmarks.Product;

/// <summary>Signed webhooks as Twilio sends them: clients who text their sitters.</summary>
internal sealed class Traffic(string host)
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string AuthToken = "benchmark-auth-token";
    public const int Sitters = 34;
    public const int ClientsPerSitter = 20;

    /// <summary>Number <paramref name="index"/> of a family of fictional numbers; 100 in each area code.</summary>
    public static string Number(int family, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"+1{family + (index / 100)}55501{index % 100:00}");

    public static string SitterPhone(int sitter) => Number(200, sitter);

    public static string Reserved(int sitter) => Number(210, sitter);

    public static string Pool(int index) => Number(220, index);

    public static string ClientPhone(int client) => Number(300, client);

    /// <summary>Text number <paramref name="number"/>, from one of the clients in turn.</summary>
    public byte[] Text(int number)
    {
        var client = number % (Sitters * ClientsPerSitter);
        return Post("/webhooks/twilio/messages", new()
        {
            ["AccountSid"] = AccountSid,
            ["MessageSid"] = string.Create(CultureInfo.InvariantCulture, $"SM{number:x32}"),
            ["From"] = ClientPhone(client),
            ["To"] = Reserved(client % Sitters),
            ["Body"] = string.Create(CultureInfo.InvariantCulture, $"Could you come at half past five today? Thank you! #{number}"),
            ["NumMedia"] = "0",
            ["NumSegments"] = "1",
            ["SmsStatus"] = "received",
            ["ApiVersion"] = "2010-04-01",
            ["FromCountry"] = "US",
            ["ToCountry"] = "US",
        });
    }

    public byte[] Status(string sid, string callback, string status)
    {
        var url = new Uri(callback);
        return Post(url.PathAndQuery, new()
        {
            ["AccountSid"] = AccountSid,
            ["MessageSid"] = sid,
            ["MessageStatus"] = status,
            ["From"] = Pool(0),
            ["To"] = SitterPhone(0),
            ["ApiVersion"] = "2010-04-01",
        });
    }

    /// <summary>The same form without a signature, for the bare server.</summary>
    public byte[] Bare(int number)
    {
        var whole = Encoding.UTF8.GetString(Text(number));
        return HttpLine.Post("/", host, whole[(whole.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..], null);
    }

    private byte[] Post(string pathAndQuery, Dictionary<string, string> parameters)
    {
        var signature = TwilioSignature.Compute(AuthToken, $"http://{host}{pathAndQuery}", parameters);
        var form = string.Join('&', parameters.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));
        return HttpLine.Post(pathAndQuery, host, form, signature);
    }
}
