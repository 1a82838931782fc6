DROP TABLE data_indicators;
