using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.ProxyGateway.Tests.Webhooks;

/// <summary>What the only door to the outside lets in, and what it answers.</summary>
[Collection(GatewayGroup.Name)]
public sealed class WebhookTests(GatewayWorld world)
{
    private const string Path = "/webhooks/twilio/messages";
    private static readonly HttpClient Http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Gateway => world.Hosts[0].ClientOptions.BaseAddress;

    public static TheoryData<string> WrongSignatures => ["missing", "forged", "truncated", "empty", "twice"];

    [Theory]
    [MemberData(nameof(WrongSignatures))]
    public async Task WrongSignature_IsForbiddenAndNothingIsStored(string kind)
    {
        var webhook = Text();
        using var request = webhook.ToRequest(Gateway);
        var right = request.Headers.GetValues(TwilioSignature.HeaderName).Single();
        request.Headers.Remove(TwilioSignature.HeaderName);
        string[] values = kind switch
        {
            "missing" => [],
            "forged" => [TwilioSignature.Compute("another-token", webhook.Url, webhook.Parameters)],
            "truncated" => [right[..^4]],
            "twice" => [right, right],
            _ => [""],
        };
        foreach (var value in values)
        {
            request.Headers.TryAddWithoutValidation(TwilioSignature.HeaderName, value);
        }

        using var response = await Http.SendAsync(request, Token);

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, webhook.Sid);
    }

    [Fact]
    public async Task SecondToken_SignsAsWellWhileTheTokenIsRotated()
    {
        const string second = "the-other-auth-token-for-tests";
        await using var host = world.NewHost(("Twilio:SecondaryAuthToken", second));
        async Task<HttpStatusCode> PostAsync(string token)
        {
            var webhook = Text();
            using var request = webhook.ToRequest(
                host.ClientOptions.BaseAddress, TwilioSignature.Compute(token, webhook.Url, webhook.Parameters));
            using var response = await Http.SendAsync(request, Token);
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await PostAsync(GatewayHost.AuthToken));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(second));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("another-token"));
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains(second, StringComparison.Ordinal));
    }

    /// <summary>The app host and compose files pass on an empty variable when the owner has no second token.</summary>
    [Fact]
    public async Task SecondTokenLeftEmpty_OpensTheDoorToNobody()
    {
        await using var host = world.NewHost(("Twilio:SecondaryAuthToken", ""));
        var webhook = Text();

        // HMAC fills a key up with zeros, so this signs as no key at all does.
        using var request = webhook.ToRequest(
            host.ClientOptions.BaseAddress, TwilioSignature.Compute("\0", webhook.Url, webhook.Parameters));
        using var response = await Http.SendAsync(request, Token);

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, webhook.Sid);
    }

    [Fact]
    public async Task AnotherAccountsWebhook_IsForbiddenThoughItIsSigned()
    {
        var webhook = Text();
        webhook = webhook with
        {
            Parameters =
            [
                .. webhook.Parameters.Where(parameter => parameter.Key != "AccountSid"),
                new("AccountSid", "AC00000000000000000000000000000002"),
            ],
        };

        using var response = await world.SendAsync(webhook);

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, webhook.Sid);
    }

    [Theory]
    [InlineData("From")]
    [InlineData("To")]
    [InlineData("MessageSid")]
    public async Task MissingParameter_IsABadRequest(string name)
    {
        var whole = Text();
        var webhook = whole with { Parameters = [.. whole.Parameters.Where(parameter => parameter.Key != name)] };

        using var response = await world.SendAsync(webhook);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(name, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From")]
    [InlineData("To")]
    [InlineData("MessageSid")]
    public async Task ParameterThatIsFarTooLong_IsABadRequest(string name)
    {
        var whole = Text();
        var webhook = whole with
        {
            Parameters = [.. whole.Parameters.Where(parameter => parameter.Key != name), new(name, RandomNumberGenerator.GetHexString(5000))],
        };

        using var response = await world.SendAsync(webhook);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(name, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Body=%zz&From=%E0%A4%A", "application/x-www-form-urlencoded")]
    [InlineData("Body=%FF%FE%80", "application/x-www-form-urlencoded")]
    [InlineData("Body=%ED%A0%80", "application/x-www-form-urlencoded")]
    [InlineData("Body=a&Body=b&MessageSid=1&MessageSid=2", "application/x-www-form-urlencoded")]
    [InlineData("&&==&=&a", "application/x-www-form-urlencoded")]
    [InlineData("{\"Body\":\"a\"}", "application/json")]
    [InlineData("Body=a", "text/plain")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"Body\"\r\n\r\na\r\n--x--\r\n", "multipart/form-data; boundary=x")]
    [InlineData("Body=a", "application/x-www-form-urlencoded; charset=utf-7")]
    [InlineData("", "application/x-www-form-urlencoded")]
    public async Task MalformedRequest_IsRefusedAndNeverAFault(string body, string contentType)
    {
        using var response = await PostRawAsync(Encoding.UTF8.GetBytes(body), contentType);

        Assert.InRange((int)response.StatusCode, 400, 499);
        var answer = await response.Content.ReadAsStringAsync(Token);
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
        Assert.StartsWith("application/problem+json", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoThousandKeysOrAHugeKey_AreRefused()
    {
        var many = string.Join('&', Enumerable.Range(0, 2000).Select(index => $"k{index}=v"));
        using var first = await PostRawAsync(Encoding.UTF8.GetBytes(many));
        using var second = await PostRawAsync(Encoding.UTF8.GetBytes(new string('k', 3072) + "=v"));

        Assert.Equal(HttpStatusCode.BadRequest, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MoreThan64KiB_IsTooLarge(bool chunked)
    {
        using var response = await PostTooMuchAsync(chunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task SameWebhookFiveTimes_IsStoredAndSentOnceAndAnsweredAlike()
    {
        var (webhook, sitter) = await FromAClientAsync();

        var answers = new List<string>();
        for (var time = 0; time < 5; time++)
        {
            answers.Add(await AnswerAsync(webhook, host: time % 2));
        }

        Assert.Single(answers.Distinct());
        await AssertOnceAsync(webhook, sitter);
    }

    [Fact]
    public async Task SameWebhookFiftyTimesInParallelOnTwoInstances_IsStoredAndSentOnceAndAnsweredAlike()
    {
        var (webhook, sitter) = await FromAClientAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(time => AnswerAsync(webhook, host: time % 2)));

        Assert.Single(answers.Distinct());
        await AssertOnceAsync(webhook, sitter);
    }

    [Fact]
    public async Task ReplayDaysLater_HasNoEffectAndIsCounted()
    {
        var (webhook, sitter) = await FromAClientAsync();
        await AnswerAsync(webhook, host: 0);
        await AssertOnceAsync(webhook, sitter);
        using var listener = new MeterListener();
        var replays = 0L;
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "phonemasking.texts.replayed")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref replays, value));
        listener.Start();
        world.Clock.Advance(TimeSpan.FromDays(3));

        await AnswerAsync(webhook, host: 1);

        Assert.Equal(1, replays);
        await AssertOnceAsync(webhook, sitter);
    }

    [Theory]
    [InlineData("👩‍👩‍👧‍👦 family")]
    [InlineData("\u202Eright to left\u202C")]
    [InlineData("a\u0301\u0323 combining")]
    [InlineData("שלום مرحبا 你好")]
    [InlineData("it's; DROP TABLE x; -- <b>&amp; %41 + =1+1")]
    public async Task AnyText_IsRelayedAsItCame(string body)
    {
        var (webhook, sitter) = await FromAClientAsync(body);

        await world.PostAsync(webhook);

        Assert.Equal($"[Maria]: {body}", Assert.Single(await world.TextsAsync(sitter)).Body);
    }

    [Fact]
    public async Task NullCharacter_IsRemovedAndNoted()
    {
        var (webhook, sitter) = await FromAClientAsync("a\0b");

        await world.PostAsync(webhook);

        Assert.Equal("[Maria]: ab", Assert.Single(await world.TextsAsync(sitter)).Body);
        Assert.Equal("true", await world.ScalarAsync<string>(
            "SELECT payload ->> 'x-null-characters-removed' FROM gateway.inbound WHERE provider_sid = $1", webhook.Sid));
    }

    [Fact]
    public async Task ParameterThatIsNewToUs_IsSignedAndKept()
    {
        var text = Text();
        var webhook = text with { Parameters = [.. text.Parameters, new("SomethingNew", "ünknown"), new("Again", "1"), new("Again", "2")] };

        await world.PostAsync(webhook);

        Assert.Equal("ünknown", await world.ScalarAsync<string>(
            "SELECT payload ->> 'SomethingNew' FROM gateway.inbound WHERE provider_sid = $1", webhook.Sid));
    }

    [Fact]
    public async Task EmptyText_IsStoredAndNotRelayed()
    {
        var (webhook, sitter) = await FromAClientAsync("");

        await world.PostAsync(webhook);

        Assert.Equal("no-content", (await world.DecisionAsync(webhook)).Reason);
        Assert.Empty(world.Twilio.CallsTo(sitter.Reveal()));
    }

    private static Webhook Text() => Webhook.OfText(FictionNumbers.Next().Reveal(), FictionNumbers.Next().Reveal(), "Hello");

    private async Task<(Webhook Webhook, Contracts.E164Number Sitter)> FromAClientAsync(string body = "Hello")
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync("Maria");
        return (Webhook.OfText(client.Numbers[0].Reveal(), sitter.ReservedNumber!.Reveal(), body), sitter.RealNumber);
    }

    private async Task<string> AnswerAsync(Webhook webhook, int host)
    {
        using var response = await world.SendAsync(webhook, host);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return $"{response.Content.Headers.ContentType} {await response.Content.ReadAsStringAsync(Token)}";
    }

    private async Task AssertOnceAsync(Webhook webhook, Contracts.E164Number sitter)
    {
        Assert.Equal(InboundState.Relayed, (await world.DecisionAsync(webhook)).State);
        await world.TextsAsync(sitter);
        Assert.Single(world.Twilio.CallsTo(sitter.Reveal()));
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT count(*) FROM gateway.inbound WHERE provider_sid = $1", webhook.Sid));
    }

    private async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string sid)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT count(*) FROM gateway.inbound WHERE provider_sid = $1", sid));
    }

    // The refusal comes while the rest is still being sent: a client that is cut off before it could read it asks again.
    private async Task<HttpResponseMessage> PostTooMuchAsync(bool chunked)
    {
        const int MaxCutOff = 20;
        for (var cutOff = 0; ; cutOff++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Gateway, Path))
            {
                Content = new ByteArrayContent(Encoding.ASCII.GetBytes("Body=" + new string('a', 300_000))),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            request.Headers.TransferEncodingChunked = chunked;
            try
            {
                return await Http.SendAsync(request, Token);
            }
            catch (HttpRequestException) when (cutOff < MaxCutOff)
            {
                // Once more.
            }
        }
    }

    private async Task<HttpResponseMessage> PostRawAsync(
        byte[] body,
        string contentType = "application/x-www-form-urlencoded")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Gateway, Path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await Http.SendAsync(request, Token);
    }
}
