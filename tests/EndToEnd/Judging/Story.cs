using System.Globalization;
using System.Text;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Judging;

/// <summary>What is known of texts that did not go out exactly once, for whoever has to find out why.</summary>
internal static class Story
{
    private const int Most = 5;

    private const string Rows = """
        SELECT 'outbound ' || id || ' state ' || state || ' attempts ' || attempts || ' sid ' || coalesce(provider_sid, '-')
            || ' created ' || created_at || ' attempted ' || coalesce(attempted_at::text, '-')
        FROM gateway.outbound WHERE body LIKE '%' || @id || '%'
        UNION ALL SELECT 'inbound ' || id || ' state ' || state || ' received ' || received_at
        FROM gateway.inbound WHERE body LIKE '%' || @id || '%'
        """;

    /// <summary>Tells of the first few what the gateway's database and the provider have.</summary>
    public static async Task<string> TellAsync(ProductSystem product, IReadOnlyList<string> ids)
    {
        var story = new StringBuilder();
        var calls = await product.Simulator.CallsAsync(0);
        foreach (var id in ids.Take(Most))
        {
            story.Append(CultureInfo.InvariantCulture, $"\n{id}");
            await using var command = product.Database.CreateCommand(Rows);
            command.Parameters.AddWithValue("id", id);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                story.Append(CultureInfo.InvariantCulture, $"\n  {reader.GetString(0)}");
            }

            foreach (var message in await product.Simulator.AcceptedAsync(id))
            {
                story.Append(CultureInfo.InvariantCulture, $"\n  provider: {message.Sequence} {message.Sid} {message.Status}");
                foreach (var call in calls.Where(call => call.To == message.To && call.From == message.From))
                {
                    story.Append(
                        CultureInfo.InvariantCulture,
                        $"\n    {call.At:HH:mm:ss.fff} {call.Operation} {call.Status} {call.Fault}");
                }
            }
        }

        return story.ToString();
    }
}
