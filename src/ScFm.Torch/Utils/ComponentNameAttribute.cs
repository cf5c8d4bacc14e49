using System.Reflection;
using TorchSharp.Utils;

namespace TorchSharp.Utils
{
    /// <summary>Gives a field of a module another name in the state dictionary.</summary>
    [AttributeUsage(AttributeTargets.Field)]
    public class ComponentNameAttribute : Attribute
    {
        /// <summary>The name.</summary>
        public string? Name { get; set; }
    }
}

namespace TorchSharp
{
    /// <summary>The names of fields in the state dictionary.</summary>
    public static class FieldInfoExtensionMethods
    {
        /// <summary>The name that the attribute gives, or the field's own.</summary>
        public static string ComponentName(this FieldInfo field) => field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
    }
}
