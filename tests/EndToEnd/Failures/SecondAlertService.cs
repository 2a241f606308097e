using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Failures;

/// <summary>One more AlertService beside the product's, so that there are two of what decides on failures.</summary>
public sealed class SecondAlertService(ProductSystem product) : IAsyncLifetime
{
    public ServiceProcess Process { get; } = product.More("failures")[1];

    public async ValueTask InitializeAsync() => await Process.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync() => await Process.DisposeAsync();
}
