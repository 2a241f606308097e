using System.Text;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>AMQP headers as text; what is there in another form is not there.</summary>
internal readonly struct DeathHeaders(IDictionary<string, object?>? headers)
{
    public string? this[string name] => headers?.TryGetValue(name, out var value) == true
        ? value switch
        {
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            string text => text,
            int or long => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
            _ => null,
        }
        : null;
}
