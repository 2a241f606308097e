using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Product;
using RabbitMQ.Client;

namespace PhoneMasking.EndToEnd.Judging;

/// <summary>Looks into the broker's queues.</summary>
internal static class Queues
{
    /// <summary>The queues that hold messages, ready or being handled, and how many.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> WithMessagesAsync(ProductSystem product)
    {
        var admin = new RabbitMqAdmin(product.RabbitMq.Folder);
        var listed = await admin.ListQueuesAsync("/", TestContext.Current.CancellationToken);
        return listed.Where(queue => queue.Value > 0).ToDictionary();
    }

    /// <summary>Returns once there is a queue of that name: a service is healthy a moment before its queues are there.</summary>
    public static Task DeclaredAsync(ProductSystem product, string queue) => Until.TrueAsync(
        async () => (await new RabbitMqAdmin(product.RabbitMq.Folder).ListQueuesAsync("/", TestContext.Current.CancellationToken))
            .ContainsKey(queue),
        $"the queue {queue}");

    /// <summary>A connection without MassTransit.</summary>
    public static Task<IConnection> ConnectAsync(ProductSystem product) =>
        new ConnectionFactory { Uri = new Uri(product.RabbitMq.ConnectionString()) }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
}
