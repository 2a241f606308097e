namespace PhoneMasking.NumberService.Buying;

internal static class BuyingRegistration
{
    public static void AddBuying(this WebApplicationBuilder builder) => builder.Services.AddScoped<NumberOrders>();
}
