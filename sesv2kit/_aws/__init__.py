"""What AWS defines: settings, credentials, endpoints, signatures. Other packages use botocore through this one."""
