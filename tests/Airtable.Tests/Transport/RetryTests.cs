using System.Net;
using System.Net.Sockets;
using PhoneMasking.Airtable.Records;
using PhoneMasking.Airtable.Schema;
using PhoneMasking.Airtable.Tests.Loopback;
using PhoneMasking.TestServers;

namespace PhoneMasking.Airtable.Tests.Transport;

public sealed class RetryTests
{
    private const string NoRecords = """{"records": []}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("read", 502)]
    [InlineData("read", 503)]
    [InlineData("update", 503)]
    [InlineData("upsert", 502)]
    [InlineData("upsert", 500)]
    public async Task Trouble_OfWhatMayBeRepeated_IsRetried(string operation, int status)
    {
        await using var server = await ScriptedAirtable.StartAsync((status, ""), (status, ""), (200, NoRecords));
        await using var client = new Client(server.Address);

        await CallAsync(client, operation);

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("delete")]
    [InlineData("create table")]
    [InlineData("create field")]
    public async Task Trouble_OfWhatMustNotHappenTwice_IsNotRetriedAndLeavesTheOutcomeOpen(string operation)
    {
        await using var server = await ScriptedAirtable.StartAsync((503, ""), (200, NoRecords));
        await using var client = new Client(server.Address);

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => CallAsync(client, operation));

        Assert.Equal((AirtableFailure.Unavailable, true), (failure.Failure, failure.IsOutcomeUnknown));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Answer_ThatNeverComes_TimesOutAndLeavesTheOutcomeOpen()
    {
        await using var server = await ScriptedAirtable.StartAsync((200, NoRecords));
        server.Gate = new TaskCompletionSource();
        await using var client = new Client(server.Address, null, ("RequestTimeout", "00:00:00.500"));

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => CallAsync(client, "create"));

        Assert.Equal((AirtableFailure.NoAnswer, true), (failure.Failure, failure.IsOutcomeUnknown));
        Assert.Contains("timed out", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creating_WithoutAConnection_IsRetriedAndKnownNotToBeDone()
    {
        await using var client = new Client($"http://127.0.0.1:{ClosedPort()}");

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => CallAsync(client, "create"));

        Assert.Equal((AirtableFailure.NoAnswer, false), (failure.Failure, failure.IsOutcomeUnknown));
    }

    [Theory]
    [InlineData(429, """{"errors": [{"error": "PUBLIC_API_BILLING_LIMIT_EXCEEDED"}]}""", AirtableFailure.QuotaExceeded)]
    [InlineData(429, """{"error": {"type": "PUBLIC_API_BILLING_LIMIT_EXCEEDED"}}""", AirtableFailure.QuotaExceeded)]
    [InlineData(402, "", AirtableFailure.QuotaExceeded)]
    [InlineData(401, """{"error": {"type": "AUTHENTICATION_REQUIRED", "message": "Who?"}}""", AirtableFailure.Unauthorized)]
    [InlineData(403, """{"error": {"type": "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"}}""", AirtableFailure.Forbidden)]
    [InlineData(404, """{"error": "NOT_FOUND"}""", AirtableFailure.NotFound)]
    [InlineData(413, "", AirtableFailure.TooLarge)]
    [InlineData(422, """{"error": {"type": "INVALID_REQUEST_UNKNOWN"}}""", AirtableFailure.Invalid)]
    [InlineData(400, "<html>", AirtableFailure.Invalid)]
    [InlineData(302, "", AirtableFailure.Unreadable)]
    public async Task Refusal_OfAnyKind_IsTypedAndNeverRetried(int status, string body, AirtableFailure expected)
    {
        await using var server = await ScriptedAirtable.StartAsync((status, body));
        await using var client = new Client(server.Address);

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => CallAsync(client, "read"));

        Assert.Equal((expected, status, false), (failure.Failure, failure.Error?.HttpStatus, failure.IsTransient));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"error": {"type": "UNKNOWN_FIELD_NAME", "message": "Unknown field name: \"x\""}}""", "UNKNOWN_FIELD_NAME")]
    [InlineData("""{"error": "NOT_FOUND"}""", "NOT_FOUND")]
    [InlineData("""{"error": "call +13035550142"}""", null)]
    [InlineData("""{"error": {"type": 7}}""", null)]
    [InlineData("""{"errors": []}""", null)]
    [InlineData("[1, 2]", null)]
    [InlineData("", null)]
    [InlineData("{", null)]
    public async Task Body_OfARefusal_GivesAirtablesWordAndNothingElse(string body, string? type)
    {
        await using var server = await ScriptedAirtable.StartAsync((422, body));
        await using var client = new Client(server.Address);

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => CallAsync(client, "read"));

        Assert.Equal(type, failure.Error?.Type);
        Assert.EndsWith(type is null ? "HTTP 422." : $"HTTP 422, {type}.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read", "{", false)]
    [InlineData("read", "null", false)]
    [InlineData("read", """{"records": null}""", false)]
    [InlineData("read", """{"records": [{}]}""", false)]
    [InlineData("create", "<html>secret</html>", true)]
    public async Task Answer_ThatIsNotAirtables_IsUnreadableAndNotQuoted(string operation, string body, bool isUnknown)
    {
        await using var server = await ScriptedAirtable.StartAsync((200, body));
        await using var client = new Client(server.Address);

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => CallAsync(client, operation));

        Assert.Equal((AirtableFailure.Unreadable, isUnknown), (failure.Failure, failure.IsOutcomeUnknown));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Answer_ThatIsTooLarge_IsNotReadToItsEnd()
    {
        await using var server = await ScriptedAirtable.StartAsync((200, new string(' ', 200_000) + NoRecords));
        await using var client = new Client(server.Address, null, ("LargestAnswerBytes", "65536"));

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => CallAsync(client, "read"));

        Assert.Equal(AirtableFailure.Unreadable, failure.Failure);
        Assert.Contains("too large", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Airtable_ThatKeepsFailing_IsLeftAloneForAWhile()
    {
        var clock = new FakeClock();
        await using var server = await ScriptedAirtable.StartAsync((500, ""), (500, ""), (200, NoRecords));
        await using var client = new Client(server.Address, clock, ("Retries", "0"), ("BreakAfter", "2"));
        for (var call = 0; call < 2; call++)
        {
            await Assert.ThrowsAsync<AirtableApiException>(() => CallAsync(client, "read"));
        }

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => CallAsync(client, "read"));
        Assert.Equal((AirtableFailure.NotAsked, true), (failure.Failure, failure.IsTransient));
        Assert.Equal(2, server.Requests.Count);

        clock.Advance(TimeSpan.FromSeconds(16));
        await CallAsync(client, "read");
        Assert.Equal(3, server.Requests.Count);
    }

    private static Task CallAsync(Client client, string operation)
    {
        var (api, at) = (client.Api, client.Base);
        return operation switch
        {
            "read" => api.ListRecordsAsync(at, "Contacts", new RecordQuery(), Cancelled).ToListAsync(Cancelled).AsTask(),
            "create" => api.CreateRecordsAsync(at, "Contacts", [[]], false, Cancelled),
            "update" => api.UpdateRecordsAsync(at, "Contacts", [new RecordChange("rec1", [])], false, Cancelled),
            "upsert" => api.UpsertRecordsAsync(at, "Contacts", ["Name"], [new() { ["Name"] = "Maria" }], false, Cancelled),
            "delete" => api.DeleteRecordsAsync(at, "Contacts", ["rec1"], Cancelled),
            "create table" => api.CreateTableAsync(at, new NewTable("T", null, []), Cancelled),
            _ => api.CreateFieldAsync(at, "tbl1", new NewField("F", FieldTypes.SingleLineText), Cancelled),
        };
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
