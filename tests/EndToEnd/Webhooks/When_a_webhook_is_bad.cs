using System.Net;
using System.Text;
using Npgsql;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Privacy;
using PhoneMasking.EndToEnd.Product;
using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.EndToEnd.Webhooks;

/// <summary>What is not from Twilio leaves no trace in the database and tells its sender nothing.</summary>
public sealed class When_a_webhook_is_bad(ProductSystem product) : IDisposable
{
    private const string OtherAccount = "AC00000000000000000000000000000002";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    [Theory]
    [InlineData("forged")]
    [InlineData("missing")]
    [InlineData("truncated")]
    [InlineData("of another account")]
    [InlineData("of another text")]
    public async Task Should_answer_403_and_store_nothing_when_the_signature_is(string signature)
    {
        await Judge.DrainedAsync(product);
        using var request = await TextAsync();
        var good = request.Headers.GetValues(TwilioSignature.HeaderName).Single();
        var form = new Webhook("#forged#", FictionNumbers.Next(), SampleNumbers.AnasReserved, SampleNumbers.Ana).Form();
        request.Headers.Remove(TwilioSignature.HeaderName);
        switch (signature)
        {
            case "forged":
                request.Headers.Add(TwilioSignature.HeaderName, Sign("another-token", form));
                request.Content = new FormUrlEncodedContent(form);
                break;
            case "truncated":
                request.Headers.Add(TwilioSignature.HeaderName, good[..20]);
                break;
            case "of another account":
                form[form.FindIndex(parameter => parameter.Key == "AccountSid")] = new("AccountSid", OtherAccount);
                request.Headers.Add(TwilioSignature.HeaderName, Sign(ProductSystem.AuthToken, form));
                request.Content = new FormUrlEncodedContent(form);
                break;
            case "of another text":
                request.Headers.Add(TwilioSignature.HeaderName, good);
                request.Content = new FormUrlEncodedContent(form);
                break;
        }

        await using var spy = await HeaderSpy.StartAsync(product, HeaderSpy.Work);
        await RefusedAsync(request, HttpStatusCode.Forbidden);
        Assert.Equal(0, await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.outbox WHERE type = 'RouteConversations'"));
        Assert.Equal(0, (await spy.ReadAsync()).Count);
    }

    [Theory]
    [InlineData("a=%zz&MessageSid=%", "application/x-www-form-urlencoded")]
    [InlineData("Body=%ff%fe%ed%a0%80&MessageSid=SM1", "application/x-www-form-urlencoded")]
    [InlineData("", "application/x-www-form-urlencoded")]
    [InlineData("{\"Body\":\"x\"}", "application/json")]
    [InlineData("--x\r\n\r\n--x--", "multipart/form-data; boundary=x")]
    [InlineData("Body=one&Body=two&MessageSid=SM1&MessageSid=SM2", "application/x-www-form-urlencoded")]
    public async Task Should_answer_4xx_when_the_form_is_malformed(string content, string contentType)
    {
        using var request = Raw(content, contentType);
        await RefusedAsync(request, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Should_answer_4xx_when_there_are_too_many_or_too_long_names()
    {
        using var many = Raw(
            string.Join('&', Enumerable.Range(0, 2000).Select(index => $"key{index}=1")), "application/x-www-form-urlencoded");
        using var @long = Raw($"{new string('k', 3000)}=1", "application/x-www-form-urlencoded");

        await RefusedAsync(many, HttpStatusCode.BadRequest);
        await RefusedAsync(@long, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("👩‍👩‍👧‍👦 é́ \u202Eevil\u202C שלום ﷺ")]
    [InlineData("'; DROP TABLE gateway.inbound; -- \" \\ %s {0} ${x}")]
    [InlineData("<script>alert(1)</script> \"><img src=x onerror=alert(1)>")]
    [InlineData("=1+1\t@SUM(A1) +cmd|' /C calc'!A0")]
    public async Task Should_relay_any_text_unchanged(string text)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        var webhook = Webhook.Of(driver.Run, 0, crowd.Sitters[0], crowd.Clients[0], text);

        await driver.PostUntilAnsweredAsync(webhook, product.PublicUrl);

        Assert.Equal(200, Assert.Single(driver.Answers).Status);
        await Judge.ExactlyOnceAsync(product, driver);
        var relayed = Assert.Single(await Judge.RelayedAsync(product, driver));
        Assert.Equal($"[{crowd.Clients[0].Name}]: {webhook.Body}", relayed.Message.Body);
    }

    [Fact]
    public async Task Should_relay_a_text_without_its_null_characters()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        var webhook = Webhook.Of(driver.Run, 0, crowd.Sitters[0], crowd.Clients[0], "before\0after");

        await driver.PostUntilAnsweredAsync(webhook, product.PublicUrl);

        Assert.Equal(200, Assert.Single(driver.Answers).Status);
        await Judge.ExactlyOnceAsync(product, driver);
        var relayed = Assert.Single(await Judge.RelayedAsync(product, driver));
        Assert.EndsWith("beforeafter", relayed.Message.Body, StringComparison.Ordinal);
        Assert.Equal("true", await Until.ReadAsync<string>(
            product, $"SELECT payload ->> 'x-null-characters-removed' FROM gateway.inbound WHERE provider_sid = '{webhook.Sid}'"));
    }

    [Theory]
    [InlineData("'; DROP TABLE gateway.inbound; --", null)]
    [InlineData(null, "') ON CONFLICT DO NOTHING; DELETE FROM gateway.sessions; --")]
    public async Task Should_store_as_it_is_what_comes_in_place_of_a_number(string? from, string? to)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        var sessions = await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.sessions");
        var webhook = new Webhook(
            $"#{driver.Run}-00000#", from ?? crowd.Clients[0].Real, to ?? crowd.Sitters[0].Reserved, crowd.Sitters[0].Real);

        await driver.PostUntilAnsweredAsync(webhook, product.PublicUrl);

        Assert.Equal(200, Assert.Single(driver.Answers).Status);
        await Judge.DrainedAsync(product);
        Assert.Empty(await Judge.RelayedAsync(product, driver));
        await using var command = product.Database.CreateCommand(
            "SELECT from_address || to_address FROM gateway.inbound WHERE provider_sid = $1 AND state = 3");
        command.Parameters.Add(new NpgsqlParameter { Value = webhook.Sid });
        Assert.Equal(webhook.From + webhook.To, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.Equal(sessions, await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.sessions"));
        Assert.Equal([], product.Output.Leaks);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpRequestMessage> TextAsync()
    {
        var crowd = await product.Town.CrowdAsync();
        return new Webhook("#bad#", crowd.Clients[0].Real, crowd.Sitters[0].Reserved, crowd.Sitters[0].Real)
            .Request(product, product.PublicUrl);
    }

    private HttpRequestMessage Raw(string content, string contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(product.PublicUrl, Webhook.Path))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content)),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.Add(TwilioSignature.HeaderName, Sign(ProductSystem.AuthToken, []));
        return request;
    }

    private string Sign(string token, List<KeyValuePair<string, string>> form) =>
        TwilioSignature.Compute(token, new Uri(product.PublicUrl, Webhook.Path).ToString(), form);

    private async Task RefusedAsync(HttpRequestMessage request, params HttpStatusCode[] expected)
    {
        var before = await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.inbound");

        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        var content = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(answer.StatusCode, expected);
        Assert.DoesNotContain("   at ", content, StringComparison.Ordinal);
        Assert.Null(ProductOutput.Leak(content));
        Assert.Equal(before, await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.inbound"));
        Assert.Equal([], product.Output.Leaks);
    }
}
