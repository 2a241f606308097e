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

    /// <summary>A connection without MassTransit.</summary>
    public static Task<IConnection> ConnectAsync(ProductSystem product) =>
        new ConnectionFactory { Uri = new Uri(product.RabbitMq.ConnectionString()) }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
}
